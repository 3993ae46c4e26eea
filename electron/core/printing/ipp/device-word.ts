import type { PrintState } from '../driver.ts'
import { PrintError } from '../errors.ts'
import { IppClient, type IppJob } from './client.ts'
import { stringOf } from './message.ts'
import { printStateOf } from './states.ts'
import type { TransportLimits } from './transport.ts'

/**
 * What the device behind a queue itself says about a job, found by its name (which the driver made unique): CUPS was
 * seen to call jobs completed that the device had aborted. Undefined when the device cannot be asked, does not know the
 * job, knows several of that name, or has not ended it: then nobody can say more than "handed over".
 */
export async function deviceWord(
  deviceUri: string | undefined,
  jobName: string,
  user: string | undefined,
  limits: TransportLimits,
  signal?: AbortSignal,
): Promise<PrintState | undefined> {
  if (deviceUri === undefined || !/^ipps?:\/\//i.test(deviceUri)) return undefined
  const client = new IppClient({ uri: deviceUri }, user, limits)
  try {
    const known: IppJob[] = []
    for (const which of ['completed', 'not-completed'] as const) known.push(...(await client.jobs(which, signal)))
    const named = known.filter(({ attributes }) => stringOf(attributes, 'job-name') === jobName)
    // Some devices list every job under both headings.
    const ids = new Set(named.map(({ id }) => id))
    if (ids.size !== 1) return undefined
    const state = printStateOf(named[0]!.attributes, [], false)
    return state.final ? { ...state, reasons: ['device-said', ...state.reasons] } : undefined
  } catch (error) {
    if (error instanceof PrintError) return undefined
    throw error
  } finally {
    await client.close()
  }
}

/**
 * Asks the device behind a queue whether it is there at all: CUPS was seen to say "printing" for ever after its device
 * had vanished. A device that cannot be asked by IPP is taken to be there.
 * Throws PrintError `offline` when it does not answer.
 */
export async function askDevice(
  deviceUri: string | undefined,
  user: string | undefined,
  limits: TransportLimits,
  signal?: AbortSignal,
): Promise<void> {
  if (deviceUri === undefined || !/^ipps?:\/\//i.test(deviceUri)) return
  const client = new IppClient({ uri: deviceUri }, user, limits)
  try {
    await client.printerAttributes(['printer-state'], signal)
  } catch (error) {
    if (error instanceof PrintError && error.code === 'offline') throw error
    if (!(error instanceof PrintError)) throw error
  } finally {
    await client.close()
  }
}
