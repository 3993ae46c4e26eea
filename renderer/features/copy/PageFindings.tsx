import { useTranslation } from 'react-i18next'
import type { CoreOut } from '../../host.ts'
import { Note } from '../../ui/Note.tsx'

/** Numbers named at most; the strip shows the rest. */
const MOST = 12

/** What the printed page numbers and the look of the pages say about their completeness. */
export function PageFindings({ pages: { pages, completeness } }: { pages: CoreOut<'pages.list'> }) {
  const { t } = useTranslation()
  const list = (numbers: readonly number[]) => numbers.slice(0, MOST).join(', ') + (numbers.length > MOST ? ' …' : '')
  const { byFolio, missing, double, misplaced } = completeness
  const marked = pages.flatMap((page, i) => {
    const marks = page.marks.filter((mark) => mark !== 'looking' && mark !== 'spread')
    return marks.length === 0 ? [] : [`${i + 1} ${t(`pageMark.${marks[0]!}`, { id: page.slipOf ?? '' })}`]
  })
  return (
    <div className="mt-1.5 grid gap-1.5 empty:hidden">
      {byFolio && missing.length > 0 && (
        <Note tone="warn">{t('complete.byFolioMissing', { count: missing.length, list: list(missing) })}</Note>
      )}
      {byFolio && double.length > 0 && (
        <Note tone="warn">{t('complete.byFolioDouble', { count: double.length, list: list(double) })}</Note>
      )}
      {byFolio && misplaced.length > 0 && (
        <Note tone="warn">{t('complete.byFolioMisplaced', { count: misplaced.length, list: list(misplaced) })}</Note>
      )}
      {marked.length > 0 && (
        <Note tone="warn">{t('complete.marks', { count: marked.length, list: marked.slice(0, MOST).join('; ') })}</Note>
      )}
    </div>
  )
}
