import { Component, type ReactNode } from 'react'
import i18next from 'i18next'
import { Button } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'

/**
 * A fault in the drawing of one screen must not leave a blank window: it says that all work is kept (core committed it
 * before it answered) and draws the screen anew. `within` a place, the rest of the window stands and goes on.
 */
export class Mishap extends Component<{ children: ReactNode; within?: boolean }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const { within } = this.props
    const again = () => (within ? this.setState({ failed: false }) : location.reload())
    return (
      <div role="alert" className={cx('grid place-items-center bg-paper p-6', !within && 'h-screen')}>
        <div className="grid w-full max-w-[460px] gap-4 rounded-xl border border-line bg-panel p-7 shadow-paper">
          <h1 className="text-lg font-semibold">{i18next.t('mishap.title')}</h1>
          <p className="text-ink-2">{i18next.t('trouble.kept')}</p>
          <div>
            <Button kind="primary" size="big" autoFocus onClick={again}>
              {i18next.t('mishap.again')}
            </Button>
          </div>
        </div>
      </div>
    )
  }
}
