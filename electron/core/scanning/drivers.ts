import type { ScannerDriver } from './driver.ts'
import { EsclDiscovery } from './escl/discovery.ts'
import { EsclDriver } from './escl/driver.ts'
import { houseAddresses } from './escl/private-network.ts'
import { Naps2Driver } from './naps2/driver.ts'
import { RehearsalDriver } from './rehearsal/driver.ts'
import { SANE_ESCL_DEVICES, SaneDriver } from './sane/driver.ts'

export interface DeskScanners {
  drivers: ScannerDriver[]
  close: () => Promise<void>
}

/**
 * The drivers of this desk. `addresses`: eSCL devices typed in by hand. `rehearsalPages`: folder of the pages that the
 * rehearsal scanner plays; with it the network is not listened to, so that a rehearsal meets no real device unasked.
 */
export function openScannerDrivers(addresses: () => readonly string[], rehearsalPages: string | null): DeskScanners {
  const discovery = rehearsalPages === null ? new EsclDiscovery(houseAddresses()) : null
  const escl = new EsclDriver({ manual: addresses, ...(discovery ? { announced: discovery.announced } : {}) })
  const drivers: ScannerDriver[] = [new SaneDriver({ leaveOut: SANE_ESCL_DEVICES }), escl]
  // On Linux SANE reaches the same USB devices without it.
  if (process.platform !== 'linux') drivers.push(new Naps2Driver())
  if (rehearsalPages !== null) drivers.unshift(new RehearsalDriver({ folder: rehearsalPages }))
  return {
    drivers,
    close: async () => {
      await Promise.all([discovery?.stop(), escl.close()])
    },
  }
}
