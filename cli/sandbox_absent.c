/* SPDX-License-Identifier: MIT */
/* A system without Landlock and seccomp, or a build that leaves them out. */
#include <stdio.h>

#include "sandbox.h"

void sandbox_begin(struct sandbox *sandbox, bool reads_all)
{
    *sandbox = (struct sandbox){.ruleset = -1, .reads_all = reads_all};
}

bool sandbox_allow(struct sandbox *sandbox, const char *path, enum right right)
{
    (void)sandbox;
    (void)path;
    (void)right;
    return true;
}

bool sandbox_enter(struct sandbox *sandbox)
{
    (void)sandbox;
    return true;
}

void sandbox_free(struct sandbox *sandbox)
{
    (void)sandbox;
}

bool sandbox_keeps_files(void)
{
    return false;
}

void sandbox_describe(char words[SANDBOX_WORDS])
{
    (void)snprintf(words, SANDBOX_WORDS, "none in this build");
}
