/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_COMMANDS_H
#define HOIDAP_COMMANDS_H

/* The subcommands, one file each in src/cli/; main.c has their table.  ARGV[0]
 * is the subcommand's name.  They return the exit status. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

int cli_ask(int argc, char **argv);
int cli_config(int argc, char **argv);
int cli_demo(int argc, char **argv);
int cli_eval(int argc, char **argv);
int cli_faq(int argc, char **argv);
int cli_messenger(int argc, char **argv);
int cli_notice(int argc, char **argv);
int cli_privacy(int argc, char **argv);
int cli_serve(int argc, char **argv);
int cli_switch(int argc, char **argv);
int cli_user(int argc, char **argv);
int cli_zalo(int argc, char **argv);

#endif
