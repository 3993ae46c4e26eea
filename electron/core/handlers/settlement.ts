import { randomUUID } from 'node:crypto'
import { dropTariff, putTariff, tariffs, type TariffRow } from '../../../db/queries/settlement.ts'
import { settlementMethods, type TariffView } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import { dueOn } from '../../domain/due-rules.ts'
import { overlapping } from '../../domain/settlement/tariff.ts'
import { dayOf, endOfDay } from '../../domain/working-days.ts'
import { requireSupervisor } from '../desk/supervisor.ts'
import type { Core, Handlers } from '../context.ts'
import { CourierFiles } from '../courier/courier-files.ts'
import { statementTables } from '../courier/statement-table.ts'
import { statement, statementLines, traceBag } from '../courier/statement.ts'
import { keepTables } from '../sheets/made.ts'
import type { TableReader } from '../sheets/granted-table.ts'

const done = { ok: true } as const
const DAY_MS = 86_400_000

const startOf = (day: string) => endOfDay(dayOf(dueOn(day)) - 1)
const dayText = (at: number) => new Date(dayOf(at) * DAY_MS).toISOString().slice(0, 10)
const viewOf = ({ from, to, ...row }: TariffRow): TariffView => ({
  ...row,
  from: dayText(from),
  to: to === null ? null : dayText(to),
})

/** Settlement with the courier company. */
export function settlementHandlers(core: Core, tableOf: TableReader): Handlers<keyof typeof settlementMethods> {
  const courierFiles = new CourierFiles(core, tableOf)
  return {
    'settlement.tariffs': () => tariffs(core.db).map(viewOf),
    // Prices are the house's business with the courier.
    'settlement.saveTariff': ({ id, from, to, ...rest }) => {
      requireSupervisor(core)
      const row = { ...rest, id: id ?? randomUUID(), from: startOf(from), to: to === null ? null : startOf(to) }
      if (row.to !== null && row.to <= row.from) throw new DeskError('bad_call', { at: 'to' })
      core.db.write(() => {
        const others = tariffs(core.db).filter((one) => one.id !== row.id)
        const inTheWay = overlapping(others, row)
        if (inTheWay) throw new DeskError('tariff_overlap', { courier: inTheWay.courier, route: inTheWay.route })
        putTariff(core.db, row)
      })
      core.events.emit('courier')
      return done
    },
    'settlement.dropTariff': ({ id }) => {
      requireSupervisor(core)
      core.db.write(() => dropTariff(core.db, id))
      core.events.emit('courier')
      return done
    },
    'settlement.statement': ({ month, courier }) => statement(core, month, courier),
    'settlement.trace': ({ bagId }) => traceBag(core, bagId),
    'settlement.readFile': ({ courier, fileId }) => courierFiles.open(courier, fileId),
    'settlement.compare': ({ month, courier, fileId, mapping }) =>
      courierFiles.compare(month, courier, fileId, mapping),
    'settlement.export': ({ month, courier, format }) => {
      const tables = statementTables(statementLines(core, month, courier), courierFiles.differences(month, courier))
      return keepTables(
        core,
        tables,
        format,
        `${core.desk().library.code}-${month}${courier && `-${courier.slice(0, 80)}`}`,
      )
    },
  }
}
