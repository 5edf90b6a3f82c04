/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What staff write to citizens, and notices.  Included at the end of
 * sqlite_statements_table.h. */

/* clang-format off */

/* What sqlite_reach_read_contact() reads, and where it comes from. */
#define CONTACT_COLUMNS \
    "c.id, a.channel, a.name, c.channel_user IS NULL, c.conversation <> '', " \
    "c.heard_ms, c.renewed_ms, c.replies, c.gone, coalesce(t.dead, 0)"
#define CONTACT_TABLES \
    "JOIN account a ON a.id = c.account_id LEFT JOIN token t " \
    "ON t.channel = a.channel AND t.account = a.name "
#define ASKER \
    "SELECT " CONTACT_COLUMNS ", q.id, q.at_ms, q.text, " \
    "coalesce(x.delivery_id, 0), c.account_id FROM question q " \
    "JOIN citizen c ON c.id = q.citizen_id " CONTACT_TABLES \
    "LEFT JOIN told x ON x.question_id = q.id WHERE q.id = ?1"
#define REPLY_ROW \
    "SELECT " CONTACT_COLUMNS ", o.id, o.created_ms, o.question_id, o.state, " \
    "o.attempts, o.human, o.paid, o.reason, o.reply FROM outbox o " \
    "JOIN citizen c ON c.id = o.citizen_id " CONTACT_TABLES

STATEMENT(STAFF, ASKER_READ, ASKER)
STATEMENT(WRITER, ASKER_ANSWER, ASKER)
STATEMENT(STAFF, REPLIES_PARKED,
    REPLY_ROW "WHERE o.state = 2 AND o.reply IS NOT NULL AND o.id > ?1 "
    "ORDER BY o.id LIMIT ?2")
STATEMENT(STAFF, REPLIES_OF,
    REPLY_ROW "WHERE o.citizen_id = ?3 AND o.id > ?1 ORDER BY o.id LIMIT ?2")
STATEMENT(WRITER, OUTBOX_STAFF,
    "INSERT INTO outbox (account_id, citizen_id, question_id, state, due_ms, "
    "created_ms, attempts, parts_done, plain, human, paid, reason, reply) "
    "VALUES (?1, ?2, ?3, 0, ?4, ?4, 0, 0, 0, ?5, ?6, '', ?7)")
STATEMENT(WRITER, TOLD_ADD,
    "INSERT INTO told (question_id, delivery_id, at_ms, entry) "
    "VALUES (?1, ?2, ?3, ?4)")
STATEMENT(WRITER, TOLD_DROP, "DELETE FROM told WHERE delivery_id = ?1")
STATEMENT(WRITER, CITIZEN_REPLIED,
    "UPDATE citizen SET replies = replies + 1 WHERE id = ?1")
STATEMENT(WRITER, CITIZEN_STEERED,
    "SELECT " CONTACT_COLUMNS ", c.account_id, c.state FROM citizen c "
    CONTACT_TABLES "WHERE c.id = ?1")
STATEMENT(WRITER, CITIZEN_STEER,
    "UPDATE citizen SET state = ?2 WHERE id = ?1")
STATEMENT(WRITER, OUTBOX_RETRY,
    "UPDATE outbox SET state = 0, due_ms = ?2, attempts = 0, reason = '', "
    "human = max(human, ?3), paid = max(paid, ?4) "
    "WHERE id = ?1 AND state = 2 AND reply IS NOT NULL")
STATEMENT(WRITER, OUTBOX_DISCARD,
    "UPDATE outbox SET state = 4, reply = NULL, reason = ?2 "
    "WHERE id = ?1 AND state = 2")

STATEMENT(STAFF, NOTICES,
    "SELECT id, from_ms, until_ms, topics, text FROM notice "
    "WHERE until_ms > ?1 ORDER BY from_ms, id")
STATEMENT(WRITER, NOTICE_ADD,
    "INSERT INTO notice (from_ms, until_ms, topics, text) "
    "VALUES (?1, ?2, ?3, ?4)")
STATEMENT(WRITER, NOTICE_END,
    "UPDATE notice SET until_ms = ?2 WHERE id = ?1 AND until_ms > ?2")
STATEMENT(STAFF, CHANNELS_OFF,
    "SELECT channel, since_ms, text, reason FROM channel_off ORDER BY channel")
STATEMENT(WRITER, CHANNEL_OFF,
    "INSERT INTO channel_off (channel, since_ms, text, reason) "
    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (channel) DO UPDATE SET "
    "text = excluded.text, reason = excluded.reason")
STATEMENT(WRITER, CHANNEL_ON, "DELETE FROM channel_off WHERE channel = ?1")

/* clang-format on */
