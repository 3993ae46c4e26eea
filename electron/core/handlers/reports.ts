/** Statistics, the yearly evaluation, the copyright ledger. */
import { replaceRanking } from '../../../db/queries/evaluation.ts'
import type { Core, Handlers } from '../context.ts'
import { houseRules, setHouseRules } from '../desk/house-rules.ts'
import { copyrightState, overrideCopyright, setBookPages } from '../reports/copyright.ts'
import { dashboard, reportRows } from '../reports/dashboard.ts'
import { changeInputs, evaluation, simulate } from '../reports/evaluation.ts'
import { exportCopyright, exportEvaluation, exportReport } from '../reports/exports.ts'
import type { FactKeeper } from '../reports/fact-keeper.ts'
import { importRanking, importSatisfaction } from '../reports/lists.ts'
import type { Monthly } from '../reports/monthly.ts'
import { pauseEffect, pauseState } from '../reports/pause.ts'
import type { TableReader } from '../sheets/granted-table.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'

type Methods =
  | 'reports.dashboard'
  | 'reports.rows'
  | 'reports.export'
  | 'evaluation.get'
  | 'evaluation.set'
  | 'evaluation.simulate'
  | 'evaluation.import'
  | 'evaluation.importSatisfaction'
  | 'evaluation.forgetList'
  | 'evaluation.export'
  | 'pause.get'
  | 'pause.effect'
  | 'copyright.get'
  | 'copyright.setBookPages'
  | 'copyright.override'
  | 'copyright.export'
  | 'monthly.get'
  | 'monthly.set'
  | 'monthly.make'
  | 'rules.get'
  | 'rules.set'

export function reportHandlers(
  core: Core,
  keeper: FactKeeper,
  monthly: Monthly,
  files: GrantedFiles,
  tableOf: TableReader,
): Handlers<Methods> {
  const changed = () => core.events.emit('reports')
  return {
    'reports.dashboard': (cut) => dashboard(core, keeper, cut),
    'reports.rows': ({ cut, offset, limit }) => reportRows(core, keeper, cut, offset, limit),
    'reports.export': ({ cut, what, format, by }) => exportReport(core, keeper, cut, what, format, by),
    'evaluation.get': ({ year }) => evaluation(core, keeper, year),
    'evaluation.set': async ({ year, inputs }) => {
      changeInputs(core, year, inputs)
      changed()
      return evaluation(core, keeper, year)
    },
    'evaluation.simulate': ({ year, more }) => simulate(core, keeper, year, more),
    'evaluation.import': async ({ year, list, fileId }) => {
      const sheet = await tableOf(fileId)
      const taken = importRanking(core, year, list, sheet.rows)
      changed()
      return taken
    },
    'evaluation.importSatisfaction': async ({ year, fileId }) => {
      const sheet = await tableOf(fileId)
      const satisfaction = importSatisfaction(core, year, sheet.rows)
      changed()
      return { satisfaction }
    },
    'evaluation.forgetList': ({ year, list }) => {
      replaceRanking(core.db, year, list, [])
      changed()
      return { ok: true }
    },
    'evaluation.export': ({ year, format }) => exportEvaluation(core, keeper, year, format),
    'pause.get': () => pauseState(core),
    'pause.effect': ({ from, to, reasoned }) => pauseEffect(core, from, to, reasoned),
    'copyright.get': ({ requestId }) => copyrightState(core, requestId),
    'copyright.setBookPages': ({ requestId, pages }) => {
      changed()
      return setBookPages(core, requestId, pages)
    },
    'copyright.override': ({ requestId, reason }) => {
      changed()
      return overrideCopyright(core, requestId, reason)
    },
    'copyright.export': ({ from, to, format }) => exportCopyright(core, from, to, format),
    'monthly.get': () => monthly.state(),
    'monthly.set': ({ on, day, folderId }) => {
      const folder = typeof folderId === 'string' ? files.take([folderId])[0]! : folderId
      return monthly.set({ on, day, folder })
    },
    'monthly.make': ({ month }) => monthly.make(month),
    'rules.get': () => houseRules(core),
    'rules.set': (change) => {
      setHouseRules(core, change)
      return { ok: true }
    },
  }
}
