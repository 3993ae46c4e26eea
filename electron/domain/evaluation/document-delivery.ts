/** Table 6: the yearly evaluation of document delivery (BALIS 原文传递服务评估办法), 100 points. */
import { byRank, type Standing, ranks, place } from './bands.ts'
import { type Criterion, type NextStep, sum, unknown } from './criterion.ts'
import type { Readings } from './readings.ts'

export type DeliveryCriterion =
  | 'equipment'
  | 'staffing'
  | 'summary'
  | 'guidance'
  | 'received'
  | 'submitted'
  | 'users'
  | 'time'
  | 'share'
  | 'conduct'
  | 'training'
  | 'satisfaction'

export interface DeliveryInputs {
  equipment: { computer: boolean; scanner: boolean; printer: boolean; fax: boolean }
  staffing: 'dedicated' | 'part_time' | 'none'
  summary: 'active' | 'cooperative' | 'weak' | 'none'
  guidance: boolean
  received: Standing
  submitted: Standing
  users: Standing
  /** Mean of (finish date − application date), working days; null without a finished request. */
  meanDays: number | null
  /** Filled / answered, 0..1; null without an answered request. */
  share: number | null
  /** Breaches of the rules in the year, such as an unreasoned pause of service (暂停服务). */
  breaches: number
  training: { sessions: number; attendees: number }
  /** The centre's questionnaire; null = not known yet. */
  satisfaction: 'satisfied' | 'fairly' | 'neutral' | 'little' | 'complaint' | null
}

const PROMISED_DAYS = 3
const SUMMARY = { active: 5, cooperative: 4, weak: 3, none: 0 }
const SATISFACTION = { satisfied: 5, fairly: 4, neutral: 3, little: 1, complaint: 0 }
/** “排名前5名得15分; 6~10名得14分; 11~20得13分; 20~30名得12分; 30~40名得11分; 40名以下得10分” */
const FIVE_BANDS = ranks([1, 5, 15], [6, 10, 14], [11, 20, 13], [20, 30, 12], [30, 40, 11], [40, null, 10])
/** “100%~85%为5分、84%~70%为4.5分 … 19%~10%为1分”, whole per cents. */
const SHARE = ranks(
  [85, 100, 5],
  [70, 84, 4.5],
  [60, 69, 4],
  [50, 59, 3.5],
  [40, 49, 3],
  [30, 39, 2.5],
  [20, 29, 2],
  [10, 19, 1],
)
/** “第1得25分; 第2名得24.5分; 第3名得24分……, 依次递减, 39名以下得5分” */
const RECEIVED = {
  wording: ranks(...ladder(38), [39, null, 5]),
  ladder: ranks(...ladder(40), [41, null, 5]),
}

function ladder(places: number): [number, number, number][] {
  return Array.from({ length: places }, (_, index) => [index + 1, index + 1, 25 - index / 2])
}

export function scoreDelivery(inputs: DeliveryInputs, readings: Readings): Criterion<DeliveryCriterion>[] {
  return [
    equipment(inputs, readings),
    choice('staffing', inputs.staffing, { dedicated: 2.5, part_time: 1.5, none: 0 }),
    choice('summary', inputs.summary, SUMMARY),
    choice('guidance', inputs.guidance ? 'yes' : 'no', { yes: 5, no: 0 }),
    ...volume(inputs, readings),
    time(inputs.meanDays, readings),
    share(inputs.share, readings),
    conduct(inputs.breaches),
    training(inputs.training),
    inputs.satisfaction === null
      ? unknown('satisfaction', 5)
      : { ...choice('satisfaction', inputs.satisfaction, SATISFACTION), next: null },
  ]
}

function equipment({ equipment }: DeliveryInputs, readings: Readings): Criterion<'equipment'> {
  const { computer, scanner, printer, fax } = equipment
  const either = readings.printerAndFax === 'either'
  const office = (either ? printer || fax : printer && fax) ? 0.5 : 0
  const points = sum([computer ? 1 : 0, scanner ? 1 : 0, office])
  const gain = !computer || !scanner ? 1 : 0.5
  return {
    id: 'equipment',
    points,
    max: 2.5,
    next: points < 2.5 ? { unit: 'choice', need: 1, gain } : null,
    known: true,
    disputed: printer !== fax,
  }
}

function volume(inputs: DeliveryInputs, readings: Readings): Criterion<DeliveryCriterion>[] {
  const edge = readings.sharedEdge
  const received = byRank('received', RECEIVED[readings.receivedTail], inputs.received, edge)
  const tail = inputs.received.rank !== null && inputs.received.rank >= 39 && inputs.received.rank <= 40
  const parts: Criterion<DeliveryCriterion>[] = [
    { ...received, disputed: tail },
    byRank('submitted', FIVE_BANDS, inputs.submitted, edge),
    byRank('users', FIVE_BANDS, inputs.users, edge),
  ]
  return readings.volumeMax === 'parts' ? parts : parts.map(scaledToStated)
}

/** 50 of 55, to the tenth. */
function scaledToStated(part: Criterion<DeliveryCriterion>): Criterion<DeliveryCriterion> {
  const scaled = (points: number) => Math.round((points * 500) / 55) / 10
  const next = part.next && { ...part.next, gain: scaled(part.next.gain) }
  return { ...part, points: scaled(part.points), max: scaled(part.max), next }
}

function time(meanDays: number | null, readings: Readings): Criterion<'time'> {
  if (meanDays === null) return unknown('time', 10)
  const late = Math.max(0, meanDays - PROMISED_DAYS)
  const days = { whole: Math.floor(late), begun: Math.ceil(late), proportion: late }[readings.delay]
  const points = Math.max(0, Math.round((10 - days / 2) * 10) / 10)
  return { id: 'time', points, max: 10, next: sooner(late, points, readings), known: true, disputed: late % 1 !== 0 }
}

function sooner(late: number, points: number, readings: Readings): NextStep | null {
  if (points >= 10) return null
  const whole = Math.floor(late)
  // A mean that ends below the next whole day of delay is what counts one day less.
  const need =
    readings.delay === 'whole' ? late - whole + 0.01 : readings.delay === 'begun' ? late - (Math.ceil(late) - 1) : 1
  return { unit: 'days', need: Math.round(need * 100) / 100, gain: 0.5 }
}

function share(value: number | null, readings: Readings): Criterion<'share'> {
  if (value === null) return unknown('share', 5)
  // 0.29 * 100 is 28.999999999999996: cut off the crumb before the floor.
  const exact = Math.round(value * 1e8) / 1e6
  const percent = readings.shareRounding === 'floor' ? Math.floor(exact) : Math.round(exact)
  const points = place(SHARE, percent, 'higher')?.points ?? readings.shareBelowTen
  const above = SHARE.filter((band) => band.points > points).at(-1)
  const reach = above && (readings.shareRounding === 'floor' ? above.from : above.from - 0.5)
  return {
    id: 'share',
    points,
    max: 5,
    next: above
      ? { unit: 'percent', need: Math.round((reach! - exact) * 10) / 10, gain: sum([above.points, -points]) }
      : null,
    known: true,
    disputed: percent < 10 || Math.floor(exact) !== Math.round(exact),
  }
}

/** “违规操作一次(如无故暂停服务一次扣1分)” */
export const conduct = (breaches: number): Criterion<'conduct'> => ({
  id: 'conduct',
  points: Math.max(0, 5 - breaches),
  max: 5,
  next: null,
  known: true,
  disputed: false,
})

/** “一年内每开展一次培训得2分, 最高得3分; 培训人数不足100人得1分, 100人以上得2分” */
export function training({ sessions, attendees }: DeliveryInputs['training']): Criterion<'training'> {
  const of = (held: number, people: number) => Math.min(3, held * 2) + (held === 0 ? 0 : people >= 100 ? 2 : 1)
  const points = of(sessions, attendees)
  const more = of(sessions + 1, attendees) - points
  const next: NextStep | null =
    more > 0
      ? { unit: 'choice', need: 1, gain: more }
      : points < 5
        ? { unit: 'count', need: 100 - attendees, gain: 1 }
        : null
  return { id: 'training', points, max: 5, next, known: true, disputed: false }
}

/** A criterion that is one of a few words. */
export function choice<Id extends string, Word extends string>(
  id: Id,
  word: Word,
  points: Record<Word, number>,
): Criterion<Id> {
  const max = Math.max(...Object.values<number>(points))
  const gain = max - points[word]
  return {
    id,
    points: points[word],
    max,
    next: gain > 0 ? { unit: 'choice', need: 1, gain } : null,
    known: true,
    disputed: false,
  }
}
