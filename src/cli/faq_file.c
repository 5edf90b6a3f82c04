/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_MAX_BYTES = 4096 };

static enum result
io_fault(struct complaint *why, const char *path, const char *what)
{
	complain(why, path, 0, "%s: %s", what, strerror(errno));
	return ERR_IO;
}

enum result
faq_file_read(const char *path, struct buf *out, struct complaint *why)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	enum result result;

	if (file < 0)
		return io_fault(why, path, "không mở được tệp");
	result = buf_read(out, file);
	if (result == ERR_IO)
		(void)io_fault(why, path, "không đọc được tệp");
	if (result == ERR_TOO_LARGE)
		complain(why, path, 0,
		    "tệp lớn hơn %zu MiB: hãy chia thành nhiều tệp",
		    out->max_bytes >> 20);
	(void)close(file);
	return result;
}

static enum result
write_all(int file, struct text_view text)
{
	while (text.len > 0) {
		ssize_t wrote = write(file, text.at, text.len);

		if (wrote < 0 && errno != EINTR)
			return ERR_IO;
		if (wrote > 0)
			text = text_slice(text, (size_t)wrote, text.len);
	}
	return fsync(file) == 0 ? OK : ERR_IO;
}

/* As PATH was, or as the user wants new files to be. */
static mode_t
mode_for(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? status.st_mode & 0777 : 0666;
}

enum result
faq_file_write(const char *path, struct text_view text, struct complaint *why)
{
	char temporary[PATH_MAX_BYTES];
	int wanted = snprintf(
	    temporary, sizeof(temporary), "%s.new-%ld", path, (long)getpid());
	enum result result;
	int file;

	if (wanted < 0 || (size_t)wanted >= sizeof(temporary)) {
		complain(why, "", 0, "đường dẫn của tệp quá dài");
		return ERR_TOO_LARGE;
	}
	file = open(
	    temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_for(path));
	if (file < 0)
		return io_fault(why, path, "không ghi được tệp");
	result = write_all(file, text);
	if (close(file) != 0)
		result = ERR_IO;
	if (result != OK) {
		(void)io_fault(why, path, "không ghi được tệp");
		(void)unlink(temporary);
		return result;
	}
	return faq_file_replace(temporary, path, why);
}

enum result
faq_file_replace(const char *temporary, const char *path, struct complaint *why)
{
	struct stat status;
	char *copy = strdup(path); /* dirname() writes into it */
	enum result result = ERR_NOMEM;

	if (copy == NULL)
		goto out;
	result = ERR_IO;
	if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
		complain(why, path, 0,
		    "không phải là một tệp thường: hãy chọn tên tệp khác");
		goto out;
	}
	if (rename(temporary, path) != 0) {
		(void)io_fault(why, path, "không ghi được tệp");
		goto out;
	}
	result = faq_file_sync_folder(dirname(copy));
	if (result != OK)
		(void)io_fault(why, path, "không ghi được thư mục của tệp");
out:
	if (result != OK)
		(void)unlink(temporary);
	free(copy);
	return result;
}

enum result
faq_file_copy_mode(const char *from, const char *to)
{
	return chmod(to, mode_for(from)) == 0 ? OK : ERR_IO;
}

enum result
faq_file_sync_folder(const char *folder)
{
	int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good;

	if (file < 0)
		return ERR_IO;
	good = fsync(file) == 0;
	(void)close(file);
	return good ? OK : ERR_IO;
}
