/**
 * The members the papers name (tables 1-5 of the 2023 study, tables 2-4 of the 2020 one, and the poster), as the directory.
 * Names are the papers'; ids, two-letter codes (beside HG), routes and transport days are this rehearsal's.
 */
export interface Member {
  id: string
  /** Begins this library's request numbers. */
  code: string
  name: string
  nameEn: string
  route: string
  transportDays: number
}

type Line = [id: string, code: string, name: string, nameEn: string, route: string, transportDays: number]

// prettier-ignore
const LINES: Line[] = [
  ['RUC', 'RD', '中国人民大学图书馆', 'Renmin University of China Library', '西北线', 1],
  ['PKU', 'BD', '北京大学图书馆', 'Peking University Library', '西北线', 1],
  ['THU', 'QH', '清华大学图书馆', 'Tsinghua University Library', '西北线', 1],
  ['BNU', 'SD', '北京师范大学图书馆', 'Beijing Normal University Library', '中线', 1],
  ['BUCT', 'HG', '北京化工大学图书馆', 'Beijing University of Chemical Technology Library', '东北线', 2],
  ['USTB', 'KD', '北京科技大学图书馆', 'University of Science and Technology Beijing Library', '西北线', 1],
  ['BJTU', 'JD', '北京交通大学图书馆', 'Beijing Jiaotong University Library', '西线', 1],
  ['BUPT', 'YD', '北京邮电大学图书馆', 'Beijing University of Posts and Telecommunications Library', '中线', 1],
  ['BUAA', 'HK', '北京航空航天大学图书馆', 'Beihang University Library', '西北线', 1],
  ['BIT', 'LG', '北京理工大学图书馆', 'Beijing Institute of Technology Library', '西线', 1],
  ['CAU', 'ND', '中国农业大学图书馆', 'China Agricultural University Library', '西北线', 1],
  ['CUPL', 'ZF', '中国政法大学图书馆', 'China University of Political Science and Law Library', '昌平线', 2],
  ['CUFE', 'CJ', '中央财经大学图书馆', 'Central University of Finance and Economics Library', '昌平线', 2],
  ['UIBE', 'JM', '对外经济贸易大学图书馆', 'University of International Business and Economics Library', '东北线', 2],
  ['MUC', 'MZ', '中央民族大学图书馆', 'Minzu University of China Library', '西线', 1],
  ['BSU', 'TY', '北京体育大学图书馆', 'Beijing Sport University Library', '西北线', 1],
  ['CUC', 'CM', '中国传媒大学图书馆', 'Communication University of China Library', '东线', 2],
  ['UCASS', 'SK', '中国社会科学院大学图书馆', 'University of Chinese Academy of Social Sciences Library', '南线', 3],
  ['CCMU', 'YK', '首都医科大学图书馆', 'Capital Medical University Library', '南线', 2],
  ['CNU', 'SS', '首都师范大学图书馆', 'Capital Normal University Library', '西线', 1],
  ['NCEPU', 'DL', '华北电力大学图书馆', 'North China Electric Power University Library', '昌平线', 2],
  ['CUPB', 'SY', '中国石油大学(北京)图书馆', 'China University of Petroleum-Beijing Library', '昌平线', 2],
  ['BUU', 'LH', '北京联合大学图书馆', 'Beijing Union University Library', '东北线', 2],
  ['BUUAS', 'WL', '北京联合大学应用文理学院图书馆', 'College of Applied Arts and Science of Beijing Union University Library', '中线', 1],
  ['GDC', 'GD', '北京工业大学耿丹学院图书馆', 'Gengdan Institute of Beijing University of Technology Library', '顺义线', 3],
  ['BISTU', 'XX', '北京信息科技大学图书馆', 'Beijing Information Science and Technology University Library', '中线', 2],
  ['BISTUJ', 'JX', '北京信息科技大学健翔桥校区图书馆', 'Beijing Information Science and Technology University Library, Jianxiangqiao Campus', '中线', 2],
  ['BUCEA', 'JZ', '北京建筑大学图书馆', 'Beijing University of Civil Engineering and Architecture Library', '南线', 2],
  ['BUA', 'NX', '北京农学院图书馆', 'Beijing University of Agriculture Library', '昌平线', 2],
  ['CYU', 'QN', '中国青年政治学院图书馆', 'China Youth University of Political Studies Library', '西线', 1],
  ['NLC', 'GT', '国家图书馆', 'National Library of China', '西线', 1],
  ['SHL', 'ST', '上海图书馆', 'Shanghai Library', '外埠', 5],
]

export const MEMBERS: readonly Member[] = LINES.map(([id, code, name, nameEn, route, transportDays]) => ({
  id,
  code,
  name,
  nameEn,
  route,
  transportDays,
}))

/** The library whose desk the demo shows: the largest supplier of the papers. */
export const HOME = 'RUC'

/** Staff of every member in rehearsal. Ids are `<library>-lin` and so on, in small letters. */
export const STAFF = [
  { key: 'lin', name: '林老师', role: 'supervisor' },
  { key: 'wang', name: '王老师', role: 'staff' },
  { key: 'li', name: '李老师', role: 'staff' },
] as const

/** The password of everybody in rehearsal; never used outside it. */
export const REHEARSAL_PASSWORD = 'balis-rehearsal'
/** Standing enrolment code of a library in rehearsal. */
export const rehearsalCode = (library: string) => `${library}-DEMO`
