import { useTranslation } from 'react-i18next'
import type { HoldingFound } from '../../../electron/contract/core.contract.ts'

const TONE = { same: 'text-ok', close: 'text-amber', differs: 'text-seal', unknown: 'text-ink-3' } as const
const SIGN = { same: '✓', close: '≈', differs: '≠', unknown: '–' } as const

/** Why a record is taken for the one wanted: each thing compared, what the catalogue says, its points. */
export function Evidence({ found }: { found: Pick<HoldingFound, 'evidence'> }) {
  const { t } = useTranslation()
  return (
    <table className="w-full text-sm">
      <tbody>
        {found.evidence.map(({ of, is, points, theirs }) => (
          <tr key={of} className="align-top">
            <th scope="row" className="pr-2 text-left font-normal whitespace-nowrap text-ink-2">
              {t(`holdings.of.${of}`)}
            </th>
            <td className={`pr-2 whitespace-nowrap ${TONE[is]}`}>
              {SIGN[is]} {t(`holdings.is.${is}`)}
            </td>
            <td className="w-full pr-2 break-all text-ink-2">{theirs}</td>
            <td className="text-right whitespace-nowrap">{points > 0 ? `+${points}` : points}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
