import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { useId } from 'react'

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  /** Fills its row: the one primary button at the bottom of a phone page. */
  wide?: boolean
  isBusy?: boolean
  /** Given: the button is disabled, stays focusable, and says this. */
  whyNot?: string | undefined
  icon?: ReactNode
}

/** A verb. Disabled only with a reason, which screen readers hear and everyone sees. */
export function Button({ kind = 'plain', wide, isBusy = false, whyNot, icon, children, onClick, ...rest }: Props) {
  const reasonId = useId()
  const isOff = whyNot !== undefined || isBusy
  return (
    <span className="tx-act" style={wide ? { display: 'block' } : undefined}>
      <button
        type="button"
        {...rest}
        className={`tx-button ${rest.className ?? ''}`}
        data-kind={kind}
        data-wide={wide || undefined}
        aria-disabled={isOff || undefined}
        aria-busy={isBusy || undefined}
        aria-describedby={whyNot === undefined ? rest['aria-describedby'] : reasonId}
        onClick={(event) => {
          if (isOff) event.preventDefault()
          else onClick?.(event)
        }}
      >
        {isBusy ? <span className="tx-spin" aria-hidden="true" /> : icon}
        {children}
      </button>
      {whyNot === undefined ? null : (
        <span id={reasonId} className="tx-whynot">
          {whyNot}
        </span>
      )}
    </span>
  )
}
