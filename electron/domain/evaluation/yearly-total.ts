/** Tables 8 and 11: the year's total of service and promotion month. */

/**
 * Table 8: 总分 = 年服务量得分 × 60% + 宣传月得分 × 40%.
 * @returns to the tenth, as the table prints it
 */
export const deliveryTotal = (service: number, month: number): number => weighted(service, 60, month, 40)

/** Table 11: the promotion month counts 30 %, the year's service 70 %. */
export const loanTotal = (service: number, month: number): number => weighted(service, 70, month, 30)

/** The month's part alone, as table 11 prints it (84 → 25.2). */
export const loanMonthPart = (month: number): number => weighted(0, 70, month, 30)

/** Points come in tenths: hundredths of per cent are whole numbers, so no binary crumbs. */
function weighted(a: number, aPercent: number, b: number, bPercent: number): number {
  const thousandths = Math.round(a * 10) * aPercent + Math.round(b * 10) * bPercent
  return Math.round(thousandths / 100) / 10
}
