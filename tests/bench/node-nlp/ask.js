// SPDX-License-Identifier: AGPL-3.0-or-later
//
// node-nlp with the base and the questions of `match_scale --write`:
//
//   node ask.js BASE.tsv QUESTIONS.tsv
//
// Prints "NAME VALUE" lines, as match_scale does: every intent is an entry,
// every phrasing a document, and the intent that comes first is the answer.
'use strict';

const fs = require('fs');
const { NlpManager } = require('node-nlp');

const ASK_MAX_MS = 5000; // as in match_scale.c
const WARM_UP = 5;

const read = (file) =>
  fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => line.split('\t'));
const residentMiB = () => process.memoryUsage().rss / 1048576;
const cpuUs = () => process.cpuUsage().user + process.cpuUsage().system;

async function main([baseFile, questionsFile]) {
  const base = read(baseFile);
  const questions = read(questionsFile);
  const entryCount = new Set(base.map(([entry]) => entry)).size;
  const print = (figure, value) => console.log(`node-nlp.${entryCount}.${figure} ${value}`);

  const before = residentMiB();
  const cpuBefore = cpuUs();
  const started = Date.now();
  const manager = new NlpManager({
    languages: ['vi'],
    forceNER: false,
    autoSave: false,
    nlu: { log: false },
  });
  for (const [entry, text] of base) manager.addDocument('vi', text, entry);
  await manager.train();
  print('train_s', (Date.now() - started) / 1000);
  print('train_cpu_s', (cpuUs() - cpuBefore) / 1e6);
  print('resident_mib', (residentMiB() - before).toFixed(1));

  for (const [, text] of questions.slice(0, WARM_UP)) await manager.process('vi', text);
  const took = [];
  let right = 0;
  const cpuAsking = cpuUs();
  const end = Date.now() + ASK_MAX_MS;
  for (const [entry, text] of questions) {
    const asked = process.hrtime.bigint();
    const { intent } = await manager.process('vi', text);
    took.push(Number(process.hrtime.bigint() - asked) / 1000);
    if (intent === entry) right++;
    if (Date.now() > end) break;
  }
  print('cpu_us', ((cpuUs() - cpuAsking) / took.length).toFixed(2));
  took.sort((a, b) => a - b);
  print('median_us', took[Math.floor(took.length / 2)].toFixed(2));
  print('p99_us', took[Math.floor((took.length * 99) / 100)].toFixed(2));
  print('asked', took.length);
  print('first_right', (right / took.length).toFixed(4));
}

main(process.argv.slice(2));
