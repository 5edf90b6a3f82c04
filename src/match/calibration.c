/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Logistic regression from the facts about a candidate to the probability that
 * it is right, fitted to held-out questions by Newton's method with a small
 * ridge.  Facts are brought to mean 0 and spread 1 first, so that one ridge
 * suits them all.  A dozen facts and ten steps: it costs nothing beside the
 * training, and it is the only place where a score becomes a promise. */
#include "calibration.h"

#include <math.h>
#include <string.h>

enum { TERMS = FACT_COUNT + 1, STEPS = 12 };

static const double ridge = 1.0;

static void
measure(const struct trial *trials, size_t count, struct calibration *out)
{
	double total = 0;

	for (size_t i = 0; i < count; i++) {
		total += trials[i].weight;
		for (size_t k = 0; k < FACT_COUNT; k++) {
			double value = trials[i].fact[k];

			out->mean[k] += trials[i].weight * value;
			out->spread[k] += trials[i].weight * value * value;
		}
	}
	for (size_t k = 0; k < FACT_COUNT; k++) {
		double square;

		out->mean[k] /= total;
		square = out->spread[k] / total - out->mean[k] * out->mean[k];
		out->spread[k] = square > 1e-9 ? sqrt(square) : 1;
	}
}

static void
terms_of(const struct calibration *calibration, const double fact[FACT_COUNT],
    double out[TERMS])
{
	for (size_t k = 0; k < FACT_COUNT; k++)
		out[k] =
		    (fact[k] - calibration->mean[k]) / calibration->spread[k];
	out[FACT_COUNT] = 1;
}

static double
probability(const double terms[TERMS], const double weights[TERMS])
{
	double sum = 0;

	for (size_t k = 0; k < TERMS; k++)
		sum += terms[k] * weights[k];
	return 1 / (1 + exp(-sum));
}

/* Solve A x = B for a symmetric positive A, by elimination in place. */
static void
solve(double a[TERMS][TERMS], double b[TERMS])
{
	for (size_t i = 0; i < TERMS; i++) {
		for (size_t row = i + 1; row < TERMS; row++) {
			double times = a[row][i] / a[i][i];

			for (size_t k = i; k < TERMS; k++)
				a[row][k] -= times * a[i][k];
			b[row] -= times * b[i];
		}
	}
	for (size_t i = TERMS; i-- > 0;) {
		for (size_t k = i + 1; k < TERMS; k++)
			b[i] -= a[i][k] * b[k];
		b[i] /= a[i][i];
	}
}

static void
newton_step(const struct trial *trials, size_t count,
    const struct calibration *calibration, double weights[TERMS])
{
	double hessian[TERMS][TERMS] = { { 0 } };
	double gradient[TERMS] = { 0 };

	for (size_t i = 0; i < count; i++) {
		double terms[TERMS];
		double p;
		double curve;

		terms_of(calibration, trials[i].fact, terms);
		p = probability(terms, weights);
		curve = trials[i].weight * p * (1 - p);
		for (size_t row = 0; row < TERMS; row++) {
			gradient[row] += trials[i].weight * terms[row] *
					 ((trials[i].right ? 1 : 0) - p);
			for (size_t k = 0; k < TERMS; k++)
				hessian[row][k] +=
				    curve * terms[row] * terms[k];
		}
	}
	for (size_t k = 0; k < TERMS; k++) {
		hessian[k][k] += ridge;
		gradient[k] -= ridge * weights[k];
	}
	solve(hessian, gradient);
	for (size_t k = 0; k < TERMS; k++)
		weights[k] += gradient[k];
}

void
calibration_fit(
    const struct trial *trials, size_t count, struct calibration *out)
{
	struct calibration fitted = { .base = -INFINITY };
	double weights[TERMS] = { 0 };

	if (count > 0) {
		measure(trials, count, &fitted);
		for (size_t i = 0; i < STEPS; i++)
			newton_step(trials, count, &fitted, weights);
		memcpy(fitted.slope, weights, sizeof(fitted.slope));
		fitted.base = weights[FACT_COUNT];
	}
	*out = fitted;
}

double
calibration_confidence(
    const struct calibration *calibration, const double fact[FACT_COUNT])
{
	double terms[TERMS];
	double weights[TERMS];

	if (isinf(calibration->base))
		return 0;
	terms_of(calibration, fact, terms);
	memcpy(weights, calibration->slope, sizeof(calibration->slope));
	weights[FACT_COUNT] = calibration->base;
	return probability(terms, weights);
}
