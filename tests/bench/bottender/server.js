// SPDX-License-Identifier: AGPL-3.0-or-later
//
// A Messenger bot on Bottender that gives hoidap's promise: a webhook is
// answered 200 only when the turn is on the disk.
//
// Bottender does what it is made for: HTTP (its Express server), the parsing,
// the sessions, the dialog.  Where it keeps less than the promise, this file
// adds what an author would have to add:
//   - the signature is checked with SHA-256 (Bottender knows SHA-1 only);
//   - sessions, seen message ids and replies are kept in SQLite in WAL mode
//     with synchronous=FULL, instead of in memory;
//   - the answer waits for the commit (`sync: true`), and turns that arrive
//     together share one transaction, so one fsync serves many.
// It does less than hoidap in one respect, in its own favour: instead of
// matching, it looks the exact phrasing up in a map.
'use strict';

const crypto = require('crypto');
const fs = require('fs');
const path = require('path');

const Database = require('better-sqlite3');
const { MessengerBot } = require('bottender');
const { createServer } = require('@bottender/express');

const secret = process.env.HOIDAP_MESSENGER_APP_SECRET;
const [storePath, faqDir, collectMs = '0'] = process.argv.slice(2);

// ---- the FAQ base: phrasing -> answer ----

function loadAnswers(dir) {
  const answers = new Map();
  for (const file of fs.readdirSync(dir).filter((name) => name.endsWith('.json'))) {
    const { entries = [] } = JSON.parse(fs.readFileSync(path.join(dir, file)));
    for (const entry of entries)
      for (const phrasing of [entry.question, ...(entry.asked_as || [])])
        answers.set(phrasing, entry.answer);
  }
  return answers;
}

// ---- the store ----

class Store {
  constructor(file) {
    this.db = new Database(file);
    this.db.pragma('journal_mode = WAL');
    this.db.pragma('synchronous = FULL');
    this.db.exec(`
      CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, state TEXT NOT NULL);
      CREATE TABLE IF NOT EXISTS seen (mid TEXT PRIMARY KEY) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, citizen TEXT NOT NULL,
        reply TEXT NOT NULL);`);
    this.select = this.db.prepare('SELECT state FROM sessions WHERE id = ?');
    this.upsert = this.db.prepare(
      'INSERT INTO sessions (id, state) VALUES (?, ?) ' +
        'ON CONFLICT (id) DO UPDATE SET state = excluded.state'
    );
    this.see = this.db.prepare('INSERT INTO seen (mid) VALUES (?) ON CONFLICT DO NOTHING');
    this.enqueue = this.db.prepare('INSERT INTO outbox (citizen, reply) VALUES (?, ?)');
    this.waiting = [];
    this.commit = this.db.transaction((turns) => turns.forEach((turn) => this.keep(turn)));
  }

  keep({ id, session, mid, citizen, reply }) {
    if (mid !== undefined) {
      if (this.see.run(mid).changes === 0) return; // seen before
      this.enqueue.run(citizen, reply);
    }
    this.upsert.run(id, JSON.stringify(session));
  }

  // Resolves when the turn is on the disk, with all that came meanwhile.
  add(turn) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...turn, resolve, reject });
      if (this.waiting.length > 1) return;
      if (collectMs === '0') setImmediate(() => this.flush());
      else setTimeout(() => this.flush(), Number(collectMs));
    });
  }

  flush() {
    const turns = this.waiting;
    this.waiting = [];
    try {
      this.commit(turns);
      turns.forEach((turn) => turn.resolve());
    } catch (error) {
      turns.forEach((turn) => turn.reject(error));
    }
  }
}

// Bottender's own contract for sessions.
class SessionStore {
  constructor(store) {
    this.store = store;
  }

  async init() {
    return this;
  }

  async read(id) {
    const row = this.store.select.get(id);
    return row === undefined ? null : JSON.parse(row.state);
  }

  async write(id, session) {
    const { turn, ...kept } = session;
    await this.store.add({ id, session: kept, ...turn });
  }
}

// ---- the bot ----

function isSigned({ headers, rawBody }) {
  const given = Buffer.from(headers['x-hub-signature-256'] || '');
  const expected = Buffer.from(
    `sha256=${crypto.createHmac('sha256', secret).update(rawBody, 'utf8').digest('hex')}`
  );
  return given.length === expected.length && crypto.timingSafeEqual(given, expected);
}

const answers = loadAnswers(faqDir);
const bot = new MessengerBot({
  accessToken: process.env.HOIDAP_MESSENGER_PAGE_TOKEN,
  appSecret: secret,
  verifyToken: process.env.HOIDAP_MESSENGER_VERIFY_TOKEN,
  sessionStore: new SessionStore(new Store(storePath)),
  sync: true,
});

bot.connector.preprocess = (request) =>
  isSigned(request)
    ? { shouldNext: true }
    : { shouldNext: false, response: { status: 401, body: 'the signature does not fit' } };

// A reply is a row of the outbox, written with the session: another process
// would send it.
bot.onEvent(async (context) => {
  const { event, session } = context;
  if (!event.isText) return;
  session.turn = {
    mid: event.message.mid,
    citizen: session.user.id,
    reply: answers.get(event.text) || 'Anh/chị vui lòng hỏi lại giúp em ạ.',
  };
  context.response = { status: 200, headers: {}, body: { status: 'ok' } };
});

createServer(bot, { path: '/webhooks/messenger' }).listen(Number(process.env.PORT), '127.0.0.1');
