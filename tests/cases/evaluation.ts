/**
 * Bands of tables 6, 7 and 10, typed by hand from the paper (Yi, Lin 2023, Open Access Library Journal 10: e10914,
 * CC BY 4.0), the wording beside every edge. `either` where the table itself gives two answers: [higher, lower].
 */

export interface RankCase {
  rank: number
  points: number | [higher: number, lower: number]
}
const at = (rank: number, points: RankCase['points']): RankCase => ({ rank, points })

/** 接收请求量排名第1得25分; 第2名得24.5分; 第3名得24分……, 依次递减, 39名以下得5分, “0”数据0分。 */
export const TABLE_6_RECEIVED: RankCase[] = [
  at(1, 25),
  at(2, 24.5),
  at(3, 24),
  at(4, 23.5),
  at(10, 20.5),
  at(20, 15.5),
  at(37, 7),
  at(38, 6.5),
  at(39, 5),
  at(40, 5),
  at(41, 5),
  at(100, 5),
]
/** The other reading: down the ladder until it meets 5. */
export const TABLE_6_RECEIVED_LADDER: RankCase[] = [at(38, 6.5), at(39, 6), at(40, 5.5), at(41, 5), at(42, 5)]

/** 提交请求量、使用人数: 前5名15; 6~10名14; 11~20 13; 20~30名12; 30~40名11; 40名以下10, “0”数据0分。 */
export const TABLE_6_FIVE_BANDS: RankCase[] = [
  at(1, 15),
  at(5, 15),
  at(6, 14),
  at(10, 14),
  at(11, 13),
  at(19, 13),
  at(20, [13, 12]),
  at(21, 12),
  at(29, 12),
  at(30, [12, 11]),
  at(31, 11),
  at(39, 11),
  at(40, [11, 10]),
  at(41, 10),
  at(100, 10),
]

/** 100%~85%为5分、84%~70%为4.5分、69%~60%为4分、59%~50%为3.5分、49%~40%为3分、39%~30%为2.5分、29%~20%为2分、19%~10%为1分。 */
export const TABLE_6_SHARE: [percent: number, points: number][] = [
  [100, 5],
  [85, 5],
  [84, 4.5],
  [70, 4.5],
  [69, 4],
  [60, 4],
  [59, 3.5],
  [50, 3.5],
  [49, 3],
  [40, 3],
  [39, 2.5],
  [30, 2.5],
  [29, 2],
  [20, 2],
  [19, 1],
  [10, 1],
]

/** 符合承诺工作日(3日)为10分, 每拖延1天, 扣0.5分。 */
export const TABLE_6_TIME: [meanDays: number, points: number][] = [
  [0, 10],
  [2.4, 10],
  [3, 10],
  [4, 9.5],
  [5, 9],
  [13, 5],
  [23, 0],
  [40, 0],
]

/** 一年内每开展一次培训得2分, 最高得3分; 培训人数不足100人得1分, 100人以上得2分。 */
export const TABLE_6_TRAINING: [sessions: number, attendees: number, points: number][] = [
  [0, 0, 0],
  [1, 30, 3],
  [1, 99, 3],
  [1, 100, 4],
  [2, 99, 4],
  [2, 100, 5],
  [9, 5000, 5],
]

/** 可提供外借图书种数、册数排名前 5 名 10 分, 6~15 名 8 分; 16~30 名 5 分, 30 名以下 3 分, 未参加者 0 分。 */
export const TABLE_7_COLLECTION: RankCase[] = [
  at(1, 10),
  at(5, 10),
  at(6, 8),
  at(15, 8),
  at(16, 5),
  at(29, 5),
  at(30, [5, 3]),
  at(31, 3),
]
/** 使用人数排名前 5 名 10 分; 6~10 名 8 分; 11~20 5 分; 21~30 3 分; 30 名以下 1 分, “0” 数据 0 分。 */
export const TABLE_7_USERS: RankCase[] = [
  at(5, 10),
  at(6, 8),
  at(10, 8),
  at(11, 5),
  at(20, 5),
  at(21, 3),
  at(29, 3),
  at(30, [3, 1]),
  at(31, 1),
]
/** 600 册以上 30; 400~599 25; 300~399 20; 200~299 15; 100~199 10; 50~99 8; 10~49 6, 5~9 3, 2~4 2; 1 册 1 分 “0” 数据 0 分。 */
export const TABLE_7_LENT: [volumes: number, points: number][] = [
  [5000, 30],
  [600, 30],
  [599, 25],
  [400, 25],
  [399, 20],
  [300, 20],
  [299, 15],
  [200, 15],
  [199, 10],
  [100, 10],
  [99, 8],
  [50, 8],
  [49, 6],
  [10, 6],
  [9, 3],
  [5, 3],
  [4, 2],
  [2, 2],
  [1, 1],
  [0, 0],
]
/** 2000 册以上 20 分; 1000~1999 17; 600~999 13; 300~599 10; 200~299 7, 100~199 5; 50~99 3; 10~49 2; 10 册以下 1; “0” 数据 0 分。 */
export const TABLE_7_SUBMITTED: [volumes: number, points: number | [higher: number, lower: number]][] = [
  [2000, 20],
  [1999, 17],
  [1000, 17],
  [999, 13],
  [600, 13],
  [599, 10],
  [300, 10],
  [299, 7],
  [200, 7],
  [199, 5],
  [100, 5],
  [99, 3],
  [50, 3],
  [49, 2],
  [11, 2],
  [10, [2, 1]],
  [9, 1],
  [1, 1],
  [0, 0],
]
/** 培训一次且人数在 100 人以上者得 10 分; 培训人数不足 100 人得 5 分; 未开展培训 0 分。 */
export const TABLE_7_TRAINING: [sessions: number, attendees: number, points: number][] = [
  [0, 0, 0],
  [1, 99, 5],
  [3, 99, 5],
  [1, 100, 10],
]

/** 视频、提交请求量: 第 1 名 20; 第 2~3 名 18 分; 4~6 15; 7~10 10; 11~15 名 5; 16~20 名 4; 21~25 名 3; 26~30 名 2, 30 名以下 1 分; “0” 0 分。 */
export const TABLE_10_LADDER: RankCase[] = [
  at(1, 20),
  at(2, 18),
  at(3, 18),
  at(4, 15),
  at(6, 15),
  at(7, 10),
  at(10, 10),
  at(11, 5),
  at(15, 5),
  at(16, 4),
  at(20, 4),
  at(21, 3),
  at(25, 3),
  at(26, 2),
  at(29, 2),
  at(30, [2, 1]),
  at(31, 1),
]
/** 提供图书外借量排名第 1 得 25; 第 2~3 名得 20; 第 4~6 得 15 分; 第 7~10 得 10 分; then as above. */
export const TABLE_10_LENT: RankCase[] = [at(1, 25), at(2, 20), at(3, 20), at(4, 15), ...TABLE_10_LADDER.slice(4)]
/** 利用人数排名前 5 名 10 分; 6~10 名 8; 11~20 5; 21~30 3; 31~40 名 2; 40 名以下 1 分; “0” 数据 0 分。 */
export const TABLE_10_USERS: RankCase[] = [
  at(5, 10),
  at(6, 8),
  at(10, 8),
  at(11, 5),
  at(20, 5),
  at(21, 3),
  at(30, 3),
  at(31, 2),
  at(39, 2),
  at(40, [2, 1]),
  at(41, 1),
]
/** 85~100%得 5 分; 70~85%得 4 分; 50~70%得 3 分; 50%~30%得 2 分; 30%以下得 1 分; “0” 数据 0 分。 */
export const TABLE_10_SHARE: [percent: number, points: number | [higher: number, lower: number]][] = [
  [100, 5],
  [86, 5],
  [85, [5, 4]],
  [84.9, 4],
  [71, 4],
  [70, [4, 3]],
  [69.9, 3],
  [50, [3, 2]],
  [49.9, 2],
  [30, [2, 1]],
  [29.9, 1],
  [0.1, 1],
  [0, 0],
]

/** Table 8: 宣传月, 年服务量总分, 总分 = 年服务量得分 * 60% + 宣传月得分 * 40%. */
export const TABLE_8: [library: string, month: number, service: number, total: number][] = [
  ['中国人民大学图书馆', 99, 99, 99],
  ['北京交通大学图书馆', 99, 96.5, 97.5],
  ['中国石油大学(北京)图书馆', 99, 93, 95.4],
  ['北京联合大学图书馆', 87, 98, 93.6],
  ['北京师范大学图书馆', 91, 94.5, 93.1],
]
/** Table 9: 注册人数得分, 提交请求量得分, 微信访问量得分, 宣传月总结得分, 宣传月得分. */
export const TABLE_9: [registrations: number, submitted: number, wechat: number, summary: number, month: number][] = [
  [30, 30, 10, 29, 99],
  [30, 30, 10, 29, 99],
  [30, 30, 10, 29, 99],
  [30, 22, 6, 29, 87],
  [26, 30, 6, 29, 91],
]
/** Table 11: 宣传月得分, 宣传月占 30%, 总分; the year's service score is not printed, it is what the total leaves. */
export const TABLE_11: [library: string, month: number, part: number, total: number][] = [
  ['中国人民大学图书馆', 84, 25.2, 93.8],
  ['北京师范大学图书馆', 78, 23.4, 88.5],
  ['北京化工大学图书馆', 93, 27.9, 86],
  ['北京交通大学图书馆', 84, 25.2, 85.4],
  ['中央财经大学图书馆', 69, 20.7, 83.7],
]
