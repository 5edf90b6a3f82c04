/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "alloc_fault.h"

#include <stdatomic.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

/* Allocations left until the fault; below zero: not armed. */
static _Atomic long countdown = -1;
static _Atomic bool fired;

void
alloc_fault_arm(unsigned nth)
{
	atomic_store(&fired, false);
	atomic_store(&countdown, (long)nth);
}

void
alloc_fault_disarm(void)
{
	atomic_store(&countdown, -1);
}

bool
alloc_fault_fired(void)
{
	return atomic_load(&fired);
}

static bool
fails_now(void)
{
	if (atomic_load(&countdown) < 0)
		return false;
	if (atomic_fetch_sub(&countdown, 1) != 0)
		return false;
	atomic_store(&fired, true);
	return true;
}

void *
__wrap_malloc(size_t size)
{
	return fails_now() ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return fails_now() ? NULL : __real_calloc(count, size);
}

void *
__wrap_realloc(void *old, size_t size)
{
	return fails_now() ? NULL : __real_realloc(old, size);
}
