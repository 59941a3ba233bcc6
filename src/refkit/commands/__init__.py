"""What a command does once its options are read: settings, one pipeline, report, exit code; knows nothing of click."""

# Exit codes. Findings: or --check and --diff would change something. Incomplete: only with --fail-on-incomplete.
CLEAN, FINDINGS, USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 3, 130
