#ifndef NMRCHECK_WPPRECORDER_H
#define NMRCHECK_WPPRECORDER_H
#include "wdm.h"
typedef PVOID RECORDER_LOG;
#define WPP_RECORDER_SF_(...) ((void)0)
#define WPP_RECORDER_LEVEL_FILTER(level) 1
#define WppRecorderLogGetDefault() ((RECORDER_LOG)0)
#define WppRecorderIsDefaultLogAvailable() FALSE
/* @generated */
#endif
