/** The asking side: joint search, requests for our readers, registrations. */
import type { AskingDraft, askingMethods } from '../../contract/core.contract.ts'
import { replaceCampusList, drafts, dropDraft, putDraft, countCampus } from '../../../db/queries/asking.ts'
import type { Core, Handlers } from '../context.ts'
import { arrivedCopy, bringCopy } from '../holdings/arrived-copy.ts'
import { checkReader, importCampusList } from '../holdings/campus-list.ts'
import type { JointSearch } from '../holdings/joint-search.ts'
import type { TableReader } from '../sheets/granted-table.ts'

const done = { ok: true } as const

export function askingHandlers(
  core: Core,
  search: JointSearch,
  tableOf: TableReader,
): Handlers<keyof typeof askingMethods> {
  const { db } = core
  const changed = () => core.events.emit('asking')
  return {
    'search.start': (ask) => ({ searchId: search.start(ask) }),
    'search.get': ({ searchId }) => search.get(searchId),
    'search.stop': ({ searchId }) => {
      search.stop(searchId)
      return done
    },
    'asking.drafts': () => drafts(db).map(({ id, at, body }) => ({ id, at, draft: JSON.parse(body) as AskingDraft })),
    'asking.saveDraft': ({ id, draft }) => {
      db.write(() => putDraft(db, { id, at: core.now(), body: JSON.stringify(draft) }, core.me()?.id ?? ''))
      changed()
      return done
    },
    'asking.dropDraft': ({ id }) => {
      db.write(() => dropDraft(db, id))
      changed()
      return done
    },
    'asking.send': ({ id, draft }) => {
      const acted = db.write(() => {
        dropDraft(db, id)
        return core.act({ objectId: id, kind: 'requestCreate', args: argsOf(draft) })
      })
      changed()
      return { opId: acted.opId }
    },
    'asking.bring': ({ requestId }) => {
      const delivery = arrivedCopy(core, requestId)
      return { jobId: core.jobs.start('fetch', requestId, (job) => bringCopy(core, requestId, delivery, job)) }
    },
    'readers.list': () => ({
      people: countCampus(db),
      registrations: core.views.all('registration').map(({ row, pending }) => {
        const undecided = row.state === 'open' || row.state === 'asked'
        return {
          id: row.id,
          state: row.state,
          category: row.category,
          appliedAt: row.appliedAt,
          // Who is decided about is no longer named here.
          fields: undecided ? row.fields : {},
          question: (undecided && row.question) || null,
          pending: pending !== 'none',
          check: undecided ? checkReader(core, row.fields) : ('no_list' as const),
        }
      }),
    }),
    'readers.importList': async ({ fileId }) => {
      const sheet = await tableOf(fileId)
      const taken = importCampusList(core, sheet.rows)
      changed()
      return taken
    },
    'journal.get': () => {
      const people = new Map(core.views.staff().map(({ id, name }) => [id, name]))
      return {
        notices: core.views
          .all('notice')
          .map(({ row: { id, kind, title, text, at, readAt } }) => ({ id, kind, title, text, at, readAt }))
          .toSorted((a, b) => Number(a.readAt !== null) - Number(b.readAt !== null) || b.at - a.at),
        trainings: core.views
          .all('training')
          .map(({ row: { id, date, kind, attendees, staff, papers = [] } }) => {
            const names = staff.map((one) => people.get(one) ?? one)
            return { id, date, kind, attendees, staff: names, papers }
          })
          .toSorted((a, b) => b.date - a.date),
      }
    },
    'readers.forgetList': () => {
      db.write(() => replaceCampusList(db, []))
      changed()
      return done
    },
  }
}

/** Only what was filled in travels. */
function argsOf(draft: AskingDraft) {
  const { service, title, year, supplier, callNumber, deliveryMethod, readerKey, ...rest } = draft
  const more = Object.fromEntries(Object.entries(rest).filter(([, text]) => text.trim() !== ''))
  return { service, title, year, supplier, callNumber, deliveryMethod, readerKey, ...more }
}
