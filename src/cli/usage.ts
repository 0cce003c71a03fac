/** A command that was not given as it must be; the message says what is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Throughline: what happened to a request, from ordinary log files.

  throughline trace <id or query> [PATH…]   the steps of a request; a user, session … gives a choice
  throughline list [PATH…]                  every request of the logs
  throughline detect [PATH…]                how each source is read
  throughline explain FILE:LINE             format, fields and roles of one line

PATH is a file, folder (read recursively), glob or file: URI, or lies on another machine: ssh://user@host/path, with
globs as here; - is standard input; default: the current folder.

  --json             print one JSON document
  --apply-clock-offsets
                     trace: take the suggested offsets of hosts' clocks off their times
  --sort KEY         list: status (default: failed first, then longest), duration, start, records, errors,
                     steps, correlationId
  --limit N          list: show at most N traces
  --filter QUERY     list: only traces that fit, e.g. 'user = u1 and duration > 1s'
  --full             detect: count whole sources instead of a sample
  --settings FILE    how logs are read: throughline.sources, .fields, .formats of a settings.json of VS Code
  --field ROLE=NAME  which field means what, e.g. correlationId=ctx.order; more than once for more fields
  --timezone ZONE    zone of stamps that name none, e.g. Europe/Berlin, -05:00
  --index FOLDER     keep an index there, up to 1 GB: an ID is found in milliseconds from the second time on
  --cache FOLDER     keep copies of remote logs there, up to 2 GB, so that they need not come again
  --help, --version; also: throughline help

Exit status: 0 found, 1 not found, 2 wrong use or nothing readable.`;
