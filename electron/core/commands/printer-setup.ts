/** The command that makes the desk a printer of this system. */
import { DESK_PRINTER_PORT, QUEUE_NAME } from '../printing/ipp-server/queue-setup.ts'
import { printerSetup, runSetup } from '../printing/ipp-server/setup-command.ts'
import { EXIT, numberOf, type Command } from './command.ts'

export const PRINTER_SETUP: Command = {
  synopsis: '[--run] [--remove] [--port N]',
  summary: 'make the desk a printer of this system',
  about: `Prints the one command that adds the printer ${QUEUE_NAME} to CUPS or Windows, so that other programs can print into the desk; --run runs it.`,
  options: {
    run: { about: 'run it (an administrator’s right on most systems)' },
    remove: { about: 'take the printer away again' },
    port: { value: 'N', about: `the port the desk listens on; else the one it used last, or ${DESK_PRINTER_PORT}` },
  },
  exits: { [EXIT.failed]: '--run: the system refused; its words are on standard error' },
  examples: ['desk printer-setup', 'desk printer-setup --run'],
  async runClosed({ dataDir }, values) {
    const port = values['port'] === undefined ? null : numberOf(values, 'port', 1024, 65_535, DESK_PRINTER_PORT)
    const { line, ...commands } = printerSetup({ dataDir, port, remove: values['remove'] === true })
    const failure = values['run'] === true ? runSetup(line) : undefined
    if (failure !== undefined) process.stderr.write(`${failure}\n`)
    const data = { ...commands, ...(failure === undefined ? {} : { failure }) }
    return { exit: failure === undefined ? EXIT.done : EXIT.failed, data, lines: [line] }
  },
}
