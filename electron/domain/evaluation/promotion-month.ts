/**
 * Promotion months (宣传月): table 10 for interlibrary loan, 100 points; for document delivery table 9 gives only the
 * four scores and their sum, no bands.
 */
import { byRank, place, ranks, type Standing } from './bands.ts'
import { type Criterion, sum, unknown } from './criterion.ts'
import { choice } from './document-delivery.ts'
import type { Readings } from './readings.ts'

export type MonthCriterion = 'summary' | 'videos' | 'lent' | 'submitted' | 'users' | 'share'

export interface MonthInputs {
  summary: 'complete' | 'good' | 'none'
  /** Videos of readers on books handed in during the month. */
  videos: Standing
  lent: Standing
  submitted: Standing
  users: Standing
  /** Filled / answered in the month, 0..1; null without an answered request. */
  share: number | null
}

type RankBands = ReturnType<typeof ranks>
/** Table 10: “第 2~3 名 …; 4~6 …; 7~10 …; 11~15 名得 5 分; 16~20 名 4; 21~25 名 3; 26~30 名 2 分, 30 名以下 1 分” */
const ladder = (first: number, second: number): RankBands =>
  ranks(
    [1, 1, first],
    [2, 3, second],
    [4, 6, 15],
    [7, 10, 10],
    [11, 15, 5],
    [16, 20, 4],
    [21, 25, 3],
    [26, 30, 2],
    [30, null, 1],
  )
const VIDEOS = ladder(20, 18)
const LENT = ladder(25, 20)
const SUBMITTED = ladder(20, 18)
/** “前 5 名得 10 分; 6~10 名 8; 11~20 5; 21~30 3; 31~40 名 2; 40 名以下 1 分” */
const USERS = ranks([1, 5, 10], [6, 10, 8], [11, 20, 5], [21, 30, 3], [31, 40, 2], [40, null, 1])
/** “85~100%得 5 分; 70~85%得 4 分; 50~70%得 3 分; 50%~30%得 2 分; 30%以下得 1 分; “0” 数据 0 分” */
const SHARE = ranks([85, 100, 5], [70, 85, 4], [50, 70, 3], [30, 50, 2], [0, 30, 1])

export function scoreLoanMonth(inputs: MonthInputs, readings: Readings): Criterion<MonthCriterion>[] {
  const edge = readings.sharedEdge
  return [
    choice('summary', inputs.summary, { complete: 20, good: 18, none: 0 }),
    byRank('videos', VIDEOS, inputs.videos, edge),
    byRank('lent', LENT, inputs.lent, edge),
    byRank('submitted', SUBMITTED, inputs.submitted, edge),
    byRank('users', USERS, inputs.users, edge),
    share(inputs.share, readings),
  ]
}

/** The bands touch, so every share has one; only the edges stand in two. */
function share(value: number | null, readings: Readings): Criterion<'share'> {
  if (value === null) return unknown('share', 5)
  const percent = Math.round(value * 1e8) / 1e6
  if (percent === 0) return { id: 'share', points: 0, max: 5, next: null, known: true, disputed: false }
  const placed = place(SHARE, percent, readings.sharedEdge)!
  const above = SHARE.filter((band) => band.points > placed.points).at(-1)
  return {
    id: 'share',
    points: placed.points,
    max: 5,
    next: above
      ? {
          unit: 'percent',
          need: Math.max(0.1, Math.round((above.from - percent) * 10) / 10),
          gain: above.points - placed.points,
        }
      : null,
    known: true,
    disputed: placed.disputed,
  }
}

/** Table 9: 注册人数得分 + 提交请求量得分 + 微信访问量得分 + 宣传月总结得分. */
export const deliveryMonthTotal = (scores: {
  registrations: number
  submitted: number
  wechat: number
  summary: number
}): number => sum([scores.registrations, scores.submitted, scores.wechat, scores.summary])
