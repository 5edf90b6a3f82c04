/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BUSY_TIMEOUT_MS = 5000,	       /* a backup tool may hold the file */
	VALUE_MAX_BYTES = 1024 * 1024, /* of any text that we store */
};

/* The lock is a file of its own: SQLite's locks are of the kind that any
 * close() in this process would drop. */
enum result
sqlite_file_lock(const char *path, int *fd_out, struct complaint *why)
{
	char lock[PATH_MAX];
	int wanted = snprintf(lock, sizeof(lock), "%s.lock", path);
	enum result result = ERR_IO;
	int fd;

	if (path[0] == '\0' || wanted < 0 || (size_t)wanted >= sizeof(lock)) {
		complain(why, NULL, 0, "sqlite: needs the path of a file");
		return ERR_INVALID;
	}
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) {
		complain(why, lock, 0, "cannot be opened: %s", strerror(errno));
		return ERR_IO;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
		*fd_out = fd;
		return OK;
	}
	if (errno == EWOULDBLOCK) {
		complain(why, path, 0,
		    "is open in another hoidap; stop that one, or give this "
		    "one a file of its own");
		result = ERR_BUSY;
	} else {
		complain(why, lock, 0, "cannot be locked: %s", strerror(errno));
	}
	(void)close(fd);
	return result;
}

/* The mode comes first, since SQLite gives the log the mode of the file. */
enum result
sqlite_file_create(const char *path, struct complaint *why)
{
	enum result result = ERR_IO;
	struct stat found;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0) {
		complain(why, path, 0, "cannot be opened: %s", strerror(errno));
		return ERR_IO;
	}
	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) {
		complain(why, path, 0, "is not a file");
		result = ERR_INVALID;
		goto out;
	}
	if ((found.st_mode & 077) != 0 && fchmod(fd, 0600) != 0) {
		complain(why, path, 0, "cannot be kept from other users: %s",
		    strerror(errno));
		goto out;
	}
	result = OK;
out:
	(void)close(fd);
	return result;
}

/* Pragmas of one connection.  The journal mode, which is written to the file,
 * waits until the schema has shown that it is ours (sqlite_schema.c). */
static const char *const pragmas[SQLITE_CONNECTIONS] = {
	/* Checkpoints are seldom, since each costs a write and an fsync of the
	 * file; pages that changed often meanwhile are then written once.
	 * Freed bytes are overwritten: what is erased is gone. */
	[SQLITE_WRITER] = "PRAGMA synchronous = FULL;"
			  "PRAGMA wal_autocheckpoint = 50000;"
			  "PRAGMA cache_size = -8192;"
			  "PRAGMA temp_store = MEMORY;"
			  "PRAGMA foreign_keys = OFF;"
			  "PRAGMA secure_delete = ON;",
	[SQLITE_SENDER] = "PRAGMA query_only = ON;"
			  "PRAGMA cache_size = -4096;"
			  "PRAGMA temp_store = MEMORY;",
	[SQLITE_STAFF] = "PRAGMA query_only = ON;"
			 "PRAGMA cache_size = -4096;"
			 "PRAGMA temp_store = MEMORY;",
};

enum result
sqlite_file_explain(
    sqlite3 *db, int code, const char *path, struct complaint *why)
{
	switch (code & 0xff) {
	case SQLITE_OK:
		return OK;
	case SQLITE_NOTADB:
		complain(why, path, 0,
		    "is no database; give hoidap a file of its own");
		return ERR_INVALID;
	case SQLITE_CORRUPT:
		complain(why, path, 0,
		    "is damaged: %s; restore it from a backup",
		    sqlite3_errmsg(db));
		return ERR_INVALID;
	default:
		/* Says "out of memory" when there is no DB. */
		complain(why, path, 0, "cannot be read or written: %s",
		    sqlite3_errmsg(db));
		return sqlite_query_result(code);
	}
}

enum result
sqlite_file_connect(const char *path, enum sqlite_connection connection,
    sqlite3 **db_out, struct complaint *why)
{
	enum result result;
	sqlite3 *db = NULL;
	/* No mutex of SQLite's own: one thread at a time is our promise. */
	int code = sqlite3_open_v2(path, &db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
	    NULL);

	if (code == SQLITE_OK)
		code = sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
	if (code == SQLITE_OK) {
		(void)sqlite3_limit(db, SQLITE_LIMIT_LENGTH, VALUE_MAX_BYTES);
		code = sqlite3_exec(db, pragmas[connection], NULL, NULL, NULL);
	}
	result = sqlite_file_explain(db, code, path, why);
	if (result != OK)
		goto out;
	*db_out = db;
	db = NULL; /* handed over */
out:
	(void)sqlite3_close(db);
	return result;
}
