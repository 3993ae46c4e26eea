import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ListOrder } from '../../electron/contract/core.contract.ts'
import { cx } from '../ui/cx.ts'
import { saveList, type TableFormat } from './save.ts'

const FORMATS = ['xlsx', 'csv'] as const

/** What stands here as a table: the person says in which kind of file. */
export function ExportMenu({
  label,
  onExport,
  disabled = false,
  className,
  children,
}: {
  label: string
  onExport: (format: TableFormat) => void
  disabled?: boolean
  className?: string
  /** Words beside the sign, where there is room for a button. */
  children?: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <MenuTrigger>
      <AriaButton
        aria-label={label}
        isDisabled={disabled}
        data-action="export"
        className={cx(
          'inline-flex flex-none items-center justify-center gap-[7px] rounded-md whitespace-nowrap text-ink-2 hover:not-disabled:bg-hover hover:not-disabled:text-ink disabled:text-line-2',
          children ? 'h-[30px] border border-line-2 px-3 text-ink' : 'size-[30px]',
          className,
        )}
      >
        <Download aria-hidden="true" size={15} strokeWidth={1.8} className="flex-none" />
        {children}
      </AriaButton>
      <Popover
        placement="bottom end"
        className="min-w-44 animate-fade rounded-lg bg-panel p-1 shadow-float outline-none"
      >
        <Menu aria-label={label} className="outline-none" onAction={(format) => onExport(format as TableFormat)}>
          {FORMATS.map((format) => (
            <MenuItem
              key={format}
              id={format}
              data-format={format}
              className="flex h-8 items-center rounded-md px-2.5 outline-none data-focused:bg-accent-soft"
            >
              {t(`lists.format.${format}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** The list one looks at, as a file: in the head of each place, always the same sign. */
export function ListExport({
  order,
  title,
  ...rest
}: {
  /** null while there is no list. */
  order: ListOrder | null
  /** Of the sheet and the file. */
  title: string
  className?: string
}) {
  const { t } = useTranslation()
  return (
    <ExportMenu
      {...rest}
      label={t('lists.export', { name: title })}
      disabled={order === null}
      onExport={(format) => order && void saveList(order, title, format)}
    />
  )
}
