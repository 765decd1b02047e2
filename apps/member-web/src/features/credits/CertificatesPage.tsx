import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type OwnCertificate, withdrawCertificate } from '@tongxin/contract/credits.own'
import { hoursText } from '@tongxin/domain/learning/hours'
import { Button, EmptyState, Lamp, type LampState, RefusalText, say } from '@tongxin/ui'
import { FileBadge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { CertificateForm } from './CertificateForm.tsx'
import { ALL_CREDITS, certificatesQuery } from './credits.api.ts'
import './credits.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(certificatesQuery)

/** Trainings elsewhere: handing in a picture of the certificate, and how far the review is. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(certificatesQuery)
  const [isAdding, setAdding] = useState(false)
  if (isAdding)
    return (
      <PageFrame title={t('credits.handIn')}>
        <CertificateForm onDone={() => setAdding(false)} onBack={() => setAdding(false)} />
      </PageFrame>
    )
  return (
    <PageFrame
      title={t('credits.certificates')}
      primary={
        <Button wide kind="primary" onClick={() => setAdding(true)}>
          {t('credits.handIn')}
        </Button>
      }
    >
      {data.rows.length === 0 ? (
        <EmptyState title={t('credits.noCertificates')} icon={<FileBadge aria-hidden="true" />}>
          {t('credits.noCertificatesHint')}
        </EmptyState>
      ) : null}
      {data.rows.map((one) => (
        <Certificate key={one.id} one={one} />
      ))}
    </PageFrame>
  )
}

const LAMPS: Readonly<Record<OwnCertificate['state'], LampState>> = {
  submitted: 'warn',
  checked: 'warn',
  accepted: 'ok',
  returned: 'late',
  withdrawn: 'idle',
}

function Certificate({ one }: { one: OwnCertificate }) {
  const { t } = useTranslation()
  const save = useWrite(withdrawCertificate, { refreshes: ALL_CREDITS, onDone: () => say(t('credits.withdrawn')) })
  const isOpen = one.state === 'submitted' || one.state === 'checked'
  return (
    <section className="card credits-card">
      <h2>{one.title}</h2>
      <p>
        {one.issuer} · {one.heldOn} · {t('credits.hoursOf', { hours: hoursText(one.hundredths) })}
      </p>
      <Lamp state={LAMPS[one.state]}>{t(`words.credits.certificate.${one.state}`)}</Lamp>
      {one.reason ? <p>{t('credits.because', { reason: one.reason })}</p> : null}
      <p className="hint">{one.fileName}</p>
      <RefusalText error={save.error} />
      {isOpen ? (
        <Button isBusy={save.isPending} onClick={() => save.mutate({ params: { id: one.id }, body: {} })}>
          {t('credits.withdraw')}
        </Button>
      ) : null}
    </section>
  )
}
