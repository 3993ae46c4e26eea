import { Inbox, Printer, Trash2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { play, type Sound } from '../../app/sound.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button, IconButton, type ButtonKind } from '../../ui/Button.tsx'
import { Check, Choices, RowCheck, Switch } from '../../ui/Check.tsx'
import { Chip, Tag, type TagTone } from '../../ui/Chip.tsx'
import { Cell, ColumnHead, DataGrid, GridRow } from '../../ui/DataGrid.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field, TextArea } from '../../ui/Field.tsx'
import { Highlight } from '../../ui/Highlight.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Meter } from '../../ui/Meter.tsx'
import { Note, type NoteTone } from '../../ui/Note.tsx'
import { Card, Fact, PlaceHead } from '../../ui/Place.tsx'
import { ScanBanner } from '../../ui/ScanBanner.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Select } from '../../ui/Select.tsx'
import { ServiceMark } from '../../ui/ServiceMark.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'

const ROLES = ['ink', 'ink-2', 'ink-3', 'accent', 'seal', 'amber', 'ok'] as const
const GROUNDS = ['paper', 'panel', 'panel-2', 'accent-soft', 'seal-soft', 'amber-soft', 'ok-soft', 'hover'] as const
const SIZES = ['2xs', 'xs', 'sm', 'base', 'md', 'lg', 'xl', '2xl', '3xl'] as const
const SPACES = [4, 8, 12, 16, 24, 32] as const
const KINDS: readonly ButtonKind[] = ['normal', 'quiet', 'danger']
const TAGS: readonly TagTone[] = ['plain', 'accent', 'amber', 'seal', 'ok']
const NOTES: readonly NoteTone[] = ['plain', 'ok', 'warn', 'bad']
const SOUNDS: readonly Sound[] = ['right', 'wrong', 'attention']

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Card className="grid min-w-0 content-start gap-3 px-4 py-3">
      <h2 className="mono text-ink-3">{name}</h2>
      {children}
    </Card>
  )
}

const Row = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-2">{children}</div>
)

/** Every part of the interface in every state, in the language, theme, density and size that are set. */
export function PartsPlace() {
  const { t } = useTranslation()
  const [on, setOn] = useState(true)
  const [text, setText] = useState('')
  const [view, setView] = useState<'light' | 'dark'>('light')
  const [kind, setKind] = useState<'copy' | 'loan'>('copy')
  const title = t('parts.sample')
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]">
      <PlaceHead title={t('place.parts')} sub={t('parts.hint')} />
      <div className="overflow-auto bg-paper p-4" tabIndex={0} role="region" aria-label={t('place.parts')}>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(360px,1fr))] gap-4">
          <Part name="type">
            {SIZES.map((size) => (
              <div key={size} className="flex min-w-0 items-baseline gap-3">
                <span className="mono w-9 flex-none text-ink-3">{size}</span>
                <span className="ell min-w-0" title={title} style={{ fontSize: `var(--text-${size})` }}>
                  {title}
                </span>
              </div>
            ))}
            <div className="mono">HG00003901 · 0123456789</div>
          </Part>
          <Part name="colour">
            <div className="grid grid-cols-2 gap-x-4 gap-y-1">
              {ROLES.map((role) => (
                <span key={role} style={{ color: `var(--${role})` }}>
                  {role}
                </span>
              ))}
            </div>
            <div className="grid grid-cols-2 gap-1">
              {GROUNDS.map((role) => (
                <span
                  key={role}
                  className="rounded-sm border border-line px-2 py-1"
                  style={{ background: `var(--${role})` }}
                >
                  {role}
                </span>
              ))}
            </div>
          </Part>
          <Part name="space">
            {SPACES.map((px) => (
              <div key={px} className="flex items-center gap-3">
                <span className="mono w-9 text-ink-3">{px}</span>
                <span className="h-2 bg-accent" style={{ width: px * 4 }} />
              </div>
            ))}
          </Part>
          <Part name="Button">
            <Row>
              <Button kind="primary" kbd="Enter">
                {t('action.accept')}
              </Button>
              <Button kind="primary" disabled>
                {t('action.accept')}
              </Button>
            </Row>
            {KINDS.map((one) => (
              <Row key={one}>
                <Button kind={one} icon={Printer} kbd="P">
                  {t('action.printPullSlip')}
                </Button>
                <Button kind={one} disabled>
                  {t('ui.save')}
                </Button>
                <Button kind={one} size="small">
                  {t('ui.more')}
                </Button>
              </Row>
            ))}
            <Row>
              <IconButton icon={Trash2} label={t('ui.remove')} />
              <IconButton icon={Printer} label={t('ui.more')} disabled />
              <Kbd keys="Ctrl+Shift+R" />
              <Kbd keys="ArrowDown" />
            </Row>
          </Part>
          <Part name="Chip, Tag, Segments">
            <Row>
              <Chip on={on} onChange={setOn}>
                {t('queue.view.all')}
              </Chip>
              <Chip on={!on} onChange={(next) => setOn(!next)}>
                {t('queue.view.mine')} <span>21</span>
              </Chip>
              <Chip on={false} disabled onChange={setOn}>
                {t('queue.view.urgent')}
              </Chip>
            </Row>
            <Row>
              {TAGS.map((tone) => (
                <Tag key={tone} tone={tone}>
                  {t('status.WillSupply')}
                </Tag>
              ))}
            </Row>
            <Segments
              label={t('place.parts')}
              value={view}
              options={[
                { id: 'light', label: t('service.copy') },
                { id: 'dark', label: t('service.loan'), count: 3 },
              ]}
              onChange={setView}
            />
          </Part>
          <Part name="Field, Select">
            <Field label={t('queue.head.title')} value={text} onChange={setText} placeholder={title} />
            <Field label={t('queue.head.id')} value="HG0000390" onChange={setText} mono error={t('error.bad_call')} />
            <Field label={t('queue.head.partner')} value={title} onChange={setText} disabled />
            <TextArea label={t('action.note')} value={text} onChange={setText} hint={t('parts.hint')} />
            <Select
              label={t('queue.sort')}
              value={kind}
              options={(['copy', 'loan'] as const).map((id) => ({ id, label: t(`service.${id}`) }))}
              onChange={setKind}
            />
          </Part>
          <Part name="Check, RowCheck, Switch, Choices">
            <Row>
              <Check on={on} onChange={setOn}>
                {t('queue.head.mark')}
              </Check>
              <Check on={false} some onChange={setOn}>
                {t('queue.head.mark')}
              </Check>
              <Check on disabled onChange={setOn}>
                {t('queue.head.mark')}
              </Check>
              <RowCheck on={on} onChange={() => setOn(!on)} label={t('queue.head.mark')} />
              <Switch on={on} onChange={setOn}>
                {t('queue.view.urgent')}
              </Switch>
            </Row>
            <Choices
              label={t('queue.head.service')}
              value={kind}
              options={(['copy', 'loan'] as const).map((id) => ({ id, label: t(`service.${id}`), detail: title }))}
              onChange={setKind}
            />
          </Part>
          <Part name="Note">
            {NOTES.map((tone) => (
              <Note key={tone} tone={tone}>
                {t('request.cancelAsked')}
              </Note>
            ))}
          </Part>
          <Part name="UrgencyMark, ServiceMark, Avatar">
            {(['late', 'today', 'safe', 'done'] as const).map((urgency) => (
              <UrgencyMark key={urgency} urgency={urgency}>
                {t(`urgency.${urgency}`)}
              </UrgencyMark>
            ))}
            <Row>
              <ServiceMark service="copy" />
              <ServiceMark service="loan" />
              <Avatar name="林" />
              <Avatar name="王" hollow />
            </Row>
            <Highlight text={title} query={t('parts.sampleWord')} />
          </Part>
          <Part name="Fact, Meter, Skeleton">
            <div className="grid grid-cols-2 gap-3">
              <Fact label={t('queue.head.title')}>{title}</Fact>
              <Fact label={t('queue.head.id')}>HG00003901</Fact>
            </div>
            <Meter label={t('place.parts')} value={3} max={10} />
            <Meter label={t('place.parts')} value={12} max={10} />
            <div className="grid gap-2">
              <Skeleton w="45%" />
              <Skeleton w="90%" h={16} />
            </div>
          </Part>
          <Part name="sound">
            <Row>
              {SOUNDS.map((sound) => (
                <Button key={sound} onClick={() => play(sound)}>
                  {t(`settings.sound.${sound}`)}
                </Button>
              ))}
            </Row>
          </Part>
          <Part name="EmptyState">
            <EmptyState icon={Inbox} title={t('queue.emptyTitle')} action={<Button>{t('scanOpen.do')}</Button>}>
              {t('queue.empty')}
            </EmptyState>
          </Part>
        </div>
        <div className="mt-4 grid gap-4">
          <Part name="ScanBanner">
            {([null, 'ok', 'warn', 'bad'] as const).map((tone) => (
              <ScanBanner
                key={tone ?? 'none'}
                title={t('scanOpen.hint')}
                hint={t('parts.hint')}
                result={tone && { tone, title, detail: t('request.cancelAsked') }}
                onCode={() => play('attention')}
              />
            ))}
          </Part>
          <Part name="DataGrid">
            <div className="h-52 overflow-hidden border border-line">
              <DataGrid
                label={t('place.parts')}
                total={40}
                rowHeight={34}
                columns="32px minmax(0,1fr) 140px"
                groups={[{ before: 0, key: 'first', node: t('queue.group.today') }]}
                onRange={() => {}}
                head={
                  <>
                    {['queue.head.service', 'queue.head.title', 'queue.head.due'].map((key, nth) => (
                      <ColumnHead
                        key={key}
                        order={nth === 1 ? 'ascending' : null}
                        onResize={() => {}}
                        onResized={() => {}}
                      >
                        {nth === 0 ? <span className="sr-only">{t(key)}</span> : t(key)}
                      </ColumnHead>
                    ))}
                  </>
                }
                row={(index) => (
                  <GridRow
                    id={`part-${index}`}
                    index={index}
                    active={index === 1}
                    marked={index === 2}
                    columns="32px minmax(0,1fr) 140px"
                  >
                    <Cell className="flex">
                      <ServiceMark service={index % 2 ? 'loan' : 'copy'} />
                    </Cell>
                    <Cell className="ell">{title}</Cell>
                    <Cell>
                      <UrgencyMark urgency={index === 0 ? 'late' : index < 3 ? 'today' : 'safe'}>
                        {t(`urgency.${index === 0 ? 'late' : index < 3 ? 'today' : 'safe'}`)}
                      </UrgencyMark>
                    </Cell>
                  </GridRow>
                )}
              />
            </div>
          </Part>
        </div>
      </div>
    </section>
  )
}
