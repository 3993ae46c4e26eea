/**
 * The one command that makes "print into the desk" a printer of the system, so that every program can print to it.
 * It is shown for copying and never run by us: adding printers is an administrator's decision on most machines.
 */

/** What the printer is called in other programs' lists. */
export const QUEUE_NAME = 'BALIS-Desk'
/** Where it listens unless the settings say otherwise. */
export const DESK_PRINTER_PORT = 8631

/** Its address on this computer. */
export const deskPrinterUri = (port: number): string => `ipp://127.0.0.1:${port}/ipp/print`

export interface QueueSetup {
  /** For a shell or PowerShell window. */
  add: string
  remove: string
}

const PLAIN_URI = /^ipp:\/\/127\.0\.0\.1:(\d{2,5})\/ipp\/print$/

/**
 * Commands for the platform (`process.platform`). Linux and macOS use CUPS' driverless queues; Windows has them from
 * Windows 11 on (Add-Printer -IppURL). Throws RangeError for an address that is not our own printer's.
 */
export function queueSetup(platform: string, uri: string): QueueSetup {
  const port = PLAIN_URI.exec(uri)?.[1]
  if (port === undefined) throw new RangeError('not the address of the desk printer')
  if (platform === 'win32') {
    return {
      add: `Add-Printer -Name "${QUEUE_NAME}" -IppURL "http://127.0.0.1:${port}/ipp/print"`,
      remove: `Remove-Printer -Name "${QUEUE_NAME}"`,
    }
  }
  return {
    add: `lpadmin -p ${QUEUE_NAME} -E -v ${uri} -m everywhere -o printer-error-policy=retry-job`,
    remove: `lpadmin -x ${QUEUE_NAME}`,
  }
}
