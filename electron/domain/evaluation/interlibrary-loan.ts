/** Table 7: the yearly evaluation of interlibrary loan (BALIS 馆际互借评估体系与计分方法), 100 points. */
import { byRank, countStep, place, ranks, type Band, type EdgeReading, type Standing } from './bands.ts'
import { type Criterion, sum } from './criterion.ts'
import { choice } from './document-delivery.ts'
import type { Readings } from './readings.ts'

export type LoanCriterion =
  | 'equipment'
  | 'staffing'
  | 'collection'
  | 'guidance'
  | 'cooperation'
  | 'selfService'
  | 'lent'
  | 'submitted'
  | 'users'
  | 'training'

export interface LoanInputs {
  equipment: { computer: boolean; printer: boolean; fax: boolean }
  staffing: 'dedicated' | 'part_time' | 'none'
  /** Took part in this year's training for interlibrary loan. */
  trained: boolean
  /** Titles and volumes that may be lent; a count of 0 means the library did not take part. */
  collection: Standing
  guidance: 'clear' | 'fairly' | 'weak' | 'none'
  cooperation: 'active' | 'cooperative' | 'weak' | 'none'
  /** Self pick-up and return (自取自还) is offered. */
  selfService: boolean
  /** Volumes lent in the year (提供图书外借量). */
  lent: number
  /** Requests submitted in the year, volumes. */
  submitted: number
  users: Standing
  training: { sessions: number; attendees: number }
}

/** “排名前 5 名得 10 分, 6~15 名 8 分; 16~30 名 5 分, 30 名以下 3 分, 未参加者 0 分” */
const COLLECTION = ranks([1, 5, 10], [6, 15, 8], [16, 30, 5], [30, null, 3])
/** “排名前 5 名得 10 分; 6~10 名 8 分; 11~20 5 分; 21~30 3 分; 30 名以下 1 分” */
const USERS = ranks([1, 5, 10], [6, 10, 8], [11, 20, 5], [21, 30, 3], [30, null, 1])
/** “600 册以上得 30; 400~599 册 25; 300~399 20; 200~299 15; 100~199 10; 50~99 8; 10~49 6, 5~9 3, 2~4 2; 1 册 1 分 “0” 数据 0 分” */
const LENT = ranks(
  [600, null, 30],
  [400, 599, 25],
  [300, 399, 20],
  [200, 299, 15],
  [100, 199, 10],
  [50, 99, 8],
  [10, 49, 6],
  [5, 9, 3],
  [2, 4, 2],
  [1, 1, 1],
  [0, 0, 0],
)
/** “2000 册以上得 20 分; 1000~1999 17; 600~999 13; 300~599 10; 200~299 7, 100~199 5; 50~99 3; 10~49 2; 10 册以下 1; “0” 数据 0 分” */
const SUBMITTED = ranks(
  [2000, null, 20],
  [1000, 1999, 17],
  [600, 999, 13],
  [300, 599, 10],
  [200, 299, 7],
  [100, 199, 5],
  [50, 99, 3],
  [10, 49, 2],
  [1, 10, 1],
  [0, 0, 0],
)

export function scoreLoan(inputs: LoanInputs, readings: Readings): Criterion<LoanCriterion>[] {
  const edge = readings.sharedEdge
  return [
    equipment(inputs.equipment),
    staffing(inputs),
    byRank('collection', COLLECTION, inputs.collection, edge),
    choice('guidance', inputs.guidance, { clear: 5, fairly: 4, weak: 2, none: 0 }),
    choice('cooperation', inputs.cooperation, { active: 6, cooperative: 4, weak: 1, none: 0 }),
    choice('selfService', inputs.selfService ? 'yes' : 'no', { yes: 4, no: 0 }),
    byCount('lent', LENT, inputs.lent, edge),
    byCount('submitted', SUBMITTED, inputs.submitted, edge),
    byRank('users', USERS, inputs.users, edge),
    training(inputs.training),
  ]
}

/** “配备计算机、打印机 1 项且运行良好各得 1 分, 配备传真机得 0.5 分” */
function equipment({ computer, printer, fax }: LoanInputs['equipment']): Criterion<'equipment'> {
  const points = sum([computer ? 1 : 0, printer ? 1 : 0, fax ? 0.5 : 0])
  const gain = !computer || !printer ? 1 : 0.5
  const next = points < 2.5 ? ({ unit: 'choice', need: 1, gain } as const) : null
  return { id: 'equipment', points, max: 2.5, next, known: true, disputed: false }
}

/** “配备专职人员 2 分, 仅配备兼职人员 1.5 分。参加培训加 0.5 分” */
function staffing({ staffing, trained }: LoanInputs): Criterion<'staffing'> {
  const points = sum([{ dedicated: 2, part_time: 1.5, none: 0 }[staffing], trained ? 0.5 : 0])
  const gain = sum([2.5, -points])
  const next = gain > 0 ? ({ unit: 'choice', need: 1, gain: trained ? gain : 0.5 } as const) : null
  return { id: 'staffing', points, max: 2.5, next, known: true, disputed: false }
}

/** “培训一次且人数在 100 人以上者得 10 分; 培训人数不足 100 人得 5 分; 未开展培训 0 分” */
function training({ sessions, attendees }: LoanInputs['training']): Criterion<'training'> {
  const points = sessions === 0 ? 0 : attendees >= 100 ? 10 : 5
  const next =
    points === 0
      ? ({ unit: 'choice', need: 1, gain: 5 } as const)
      : points === 5
        ? ({ unit: 'count', need: 100 - attendees, gain: 5 } as const)
        : null
  return { id: 'training', points, max: 10, next, known: true, disputed: false }
}

function byCount<Id extends string>(id: Id, bands: Band[], count: number, edge: EdgeReading): Criterion<Id> {
  const placed = place(bands, count, edge)
  if (!placed) throw new RangeError(`not a count of volumes: ${count}`)
  const { points, disputed } = placed
  return { id, points, max: bands[0]!.points, next: countStep(bands, count, points), known: true, disputed }
}
