import { Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

/** A sheet of A4 on the screen as it will be on paper, with the button that prints it and others beside it. */
export function PrintPage({ title, acts, children }: { title: ReactNode; acts?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="no-print tx-acts">
        {acts}
        <Button kind="primary" icon={<Printer size="1.2em" aria-hidden="true" />} onClick={() => window.print()}>
          {t('ui.print')}
        </Button>
      </div>
      <article className="tx-paper">
        <h1>{title}</h1>
        {children}
      </article>
    </>
  )
}
