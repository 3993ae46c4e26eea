import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../../app/device-name.ts'
import {
  PrintKind,
  SlipPaper,
  type PrinterInfo,
  type PrintRoute,
  type Settings,
} from '../../../../electron/contract/core.contract.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select, type Option } from '../../../ui/Select.tsx'

type Routes = Settings['printRoutes']
const USUAL: PrintRoute = { printerId: null, fallbackId: null, paper: null, source: null, sides: null, copies: 1 }
/** Stands for "no choice of its own" in a list of names. */
const AUTO = '-'
const SIDES = ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'] as const

/** Each kind of slip to its printer, paper, tray and number of copies at this desk. */
export function PrintRoutes({
  routes,
  printers,
  onChange,
}: {
  routes: Routes
  printers: readonly PrinterInfo[]
  onChange: (routes: Routes) => void
}) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState<PrintKind | null>(null)
  const nameOf = (id: string) => deviceName(t, printers.find((one) => one.id === id)?.name ?? id)
  const save = (kind: PrintKind, route: PrintRoute) => {
    onChange({ ...routes, [kind]: route })
    setEditing(null)
  }
  return (
    <div className="grid gap-1">
      <h2 className="font-semibold">{t('printers.routes')}</h2>
      <p className="text-sm text-ink-3">{t('printers.routesHint')}</p>
      <table className="mt-1 w-full border-collapse text-left" data-table="routes">
        <thead className="whitespace-nowrap">
          <tr className="border-b border-line-2 [&>th]:lbl [&>th]:py-1 [&>th]:pr-5 [&>th]:font-normal">
            <th>{t('printers.kind')}</th>
            <th>{t('printers.printer')}</th>
            <th>{t('printers.paper')}</th>
            <th className="text-right">{t('printers.copies')}</th>
            <th>
              <span className="sr-only">{t('printers.change')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {PrintKind.options.map((kind) => {
            const route = routes[kind] ?? USUAL
            return (
              <tr key={kind} className="h-9 border-b border-line [&>td]:pr-5">
                <td className="whitespace-nowrap">{t(`printKind.${kind}`)}</td>
                <td className="max-w-0 w-full">
                  <span className="ell block" title={route.printerId ?? ''}>
                    {route.printerId === null ? (
                      <span className="text-ink-3">{t('printers.usualOne')}</span>
                    ) : (
                      nameOf(route.printerId)
                    )}
                    {route.fallbackId !== null && (
                      <span className="text-ink-3">
                        {' '}
                        · {t('printers.fallback')} {nameOf(route.fallbackId)}
                      </span>
                    )}
                  </span>
                </td>
                <td className="whitespace-nowrap">{t(`paper.${route.paper ?? 'auto'}`)}</td>
                <td className="text-right tabular-nums">{route.copies}</td>
                <td>
                  <Button
                    size="small"
                    kind="quiet"
                    aria-label={`${t('printers.change')} ${t(`printKind.${kind}`)}`}
                    data-route={kind}
                    onClick={() => setEditing(kind)}
                  >
                    {t('printers.change')}
                  </Button>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {editing && (
        <RouteDialog
          key={editing}
          kind={editing}
          route={routes[editing] ?? USUAL}
          printers={printers}
          onSave={(route) => save(editing, route)}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  )
}

function RouteDialog({
  kind,
  route,
  printers,
  onSave,
  onClose,
}: {
  kind: PrintKind
  route: PrintRoute
  printers: readonly PrinterInfo[]
  onSave: (route: PrintRoute) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(route)
  const [copies, setCopies] = useState(String(route.copies))
  const change = (part: Partial<PrintRoute>) => setDraft({ ...draft, ...part })
  const own = (id: string) => (id === AUTO ? null : id)
  const named = printers.map((one) => ({
    id: one.id,
    label: deviceName(t, one.name),
    detail: t(`printer.${one.state}`),
  }))
  // A printer that is away just now stays in its route.
  const withOwn = (id: string | null): Option<string>[] =>
    id === null || named.some((one) => one.id === id) ? named : [...named, { id, label: id }]
  const chosen = printers.find((one) => one.id === draft.printerId)
  const trays = [...new Set([...(chosen?.sources ?? []), ...(draft.source === null ? [] : [draft.source])])]
  const n = Math.max(1, Math.min(20, Number.parseInt(copies, 10) || 1))
  return (
    <Dialog
      title={t('printers.routeTitle', { kind: t(`printKind.${kind}`) })}
      open
      onClose={onClose}
      onSubmit={() => onSave({ ...draft, copies: n })}
      footer={
        <>
          <Button className="mr-auto" onClick={() => onSave(USUAL)}>
            {t('printers.routeReset')}
          </Button>
          <Button kind="primary" type="submit" data-action="save-route">
            {t('printers.loginSave')}
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3">
        <Select
          label={t('printers.printer')}
          value={draft.printerId ?? AUTO}
          options={[{ id: AUTO, label: t('printers.usualOne') }, ...withOwn(draft.printerId)]}
          onChange={(id) => change({ printerId: own(id), source: null })}
        />
        <Select
          label={t('printers.fallback')}
          value={draft.fallbackId ?? AUTO}
          options={[{ id: AUTO, label: t('printers.none') }, ...withOwn(draft.fallbackId)]}
          onChange={(id) => change({ fallbackId: own(id) })}
        />
        <Select
          label={t('printers.paper')}
          value={draft.paper ?? AUTO}
          options={[
            { id: AUTO, label: t('paper.auto') },
            ...SlipPaper.options.map((id) => ({ id, label: t(`paper.${id}`) })),
          ]}
          onChange={(id) => change({ paper: id === AUTO ? null : (id as SlipPaper) })}
        />
        <Select
          label={t('printers.tray')}
          value={draft.source ?? AUTO}
          options={[{ id: AUTO, label: t('printers.anyTray') }, ...trays.map((id) => ({ id, label: id }))]}
          onChange={(id) => change({ source: own(id) })}
        />
        <Select
          label={t('printers.sides')}
          value={draft.sides ?? AUTO}
          options={[
            { id: AUTO, label: t('printers.side.auto') },
            ...SIDES.map((id) => ({ id, label: t(`printers.side.${id}`) })),
          ]}
          onChange={(id) => change({ sides: id === AUTO ? null : (id as (typeof SIDES)[number]) })}
        />
        <Field label={t('printers.copies')} type="number" min={1} max={20} value={copies} onChange={setCopies} />
      </div>
    </Dialog>
  )
}
