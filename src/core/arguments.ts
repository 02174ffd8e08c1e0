/** What every command line of ours understands. */

/** Whether help is asked for; before a lone `--`, behind which all is words. */
export function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.includes('--help') || options.includes('-h');
}
