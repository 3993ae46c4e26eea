/**
 * Where the published tables contradict themselves or are silent, the library chooses how they are read. Each reading
 * names its passage; the interface shows a note wherever a score depends on one.
 */
import type { EdgeReading } from './bands.ts'

export interface Readings {
  /**
   * Ranks and shares that stand in two bands (tables 6, 7 and 10: “11~20得13分; 20~30名得12分”, “70~85%得4分; 50~70%得3分”,
   * “10~49 册得 2 分; 10 册以下得 1 分”).
   */
  sharedEdge: EdgeReading
  /**
   * Table 6, received requests: “第1得25分; 第2名得24.5分 …依次递减, 39名以下得5分”. The ladder gives rank 39 six points and
   * reaches 5 only at rank 41. `wording`: 5 from rank 39 on; `ladder`: down the ladder until it reaches 5.
   */
  receivedTail: 'wording' | 'ladder'
  /**
   * Table 6, satisfaction share between whole per cents (84.6 %). `floor`: only whole per cents reached count;
   * `nearest`: rounded to the nearest.
   */
  shareRounding: 'floor' | 'nearest'
  /** Table 6 says nothing of a share below 10 %: points given. */
  shareBelowTen: 0 | 0.5
  /** Table 6, “每拖延1天, 扣0.5分” on a mean: whole days of delay, days begun, or in proportion. */
  delay: 'whole' | 'begun' | 'proportion'
  /** Table 6, “配备打印机、传真机得0.5分”: both machines are needed, or one of them. */
  printerAndFax: 'both' | 'either'
  /** Table 6 states 50 for volume while its parts make 25+15+15 = 55: the parts, or their sum scaled down to 50. */
  volumeMax: 'parts' | 'stated'
}

export const DEFAULT_READINGS: Readings = {
  sharedEdge: 'higher',
  receivedTail: 'wording',
  shareRounding: 'floor',
  shareBelowTen: 0,
  delay: 'whole',
  printerAndFax: 'both',
  volumeMax: 'parts',
}
