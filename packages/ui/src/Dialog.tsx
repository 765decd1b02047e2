import { Dialog as Base } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  /** Buttons, the primary one last. */
  acts?: ReactNode
}

function Panel({ isOpen, onClose, title, children, acts, className }: Props & { className: string }) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="tx-veil" />
        <Base.Popup className={className}>
          <Base.Title render={<h2 />}>{title}</Base.Title>
          <div>{children}</div>
          {acts ? <div className="tx-acts">{acts}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A question or a short form above the page. Escape and a press beside it close it. */
export const Dialog = (props: Props) => <Panel {...props} className="tx-dialog" />

/** The same from the bottom edge: the phone's way for small acts. */
export const Sheet = (props: Props) => <Panel {...props} className="tx-sheet" />
