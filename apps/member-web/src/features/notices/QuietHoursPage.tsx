import { useSuspenseQuery } from '@tanstack/react-query'
import type { LoaderInput } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { setQuietHours } from '@tongxin/contract/notices'
import { Button, RefusalText, Select, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../../shared/PageFrame.tsx'
import { ALL_NOTICES, quietHoursQuery } from './notices.api.ts'
import './notices.css'

export const loader = ({ queryClient }: LoaderInput) => queryClient.ensureQueryData(quietHoursQuery)

const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

/** The hours in which nothing but what is urgent may make a noise. */
export function Page() {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(quietHoursQuery)
  const [from, setFrom] = useState(String(data.quietFrom))
  const [until, setUntil] = useState(String(data.quietUntil))
  const save = useWrite(setQuietHours, { refreshes: ALL_NOTICES, onDone: () => say(t('notices.quiet.saved')) })
  const isSame = from === String(data.quietFrom) && until === String(data.quietUntil)
  return (
    <PageFrame
      title={t('notices.quiet.title')}
      primary={
        <Button
          wide
          kind="primary"
          isBusy={save.isPending}
          whyNot={isSame ? t('notices.quiet.unchanged') : undefined}
          onClick={() => save.mutate({ body: { quietFrom: Number(from), quietUntil: Number(until) } })}
        >
          {t('notices.quiet.save')}
        </Button>
      }
    >
      <section className="card quiet-hours">
        <p className="hint">{t('notices.quiet.lead')}</p>
        <RefusalText error={save.error} />
        <Select label={t('notices.quiet.from')} value={from} options={HOURS} onChange={setFrom} required />
        <Select
          label={t('notices.quiet.until')}
          value={until}
          options={HOURS}
          onChange={setUntil}
          help={Number(until) <= Number(from) ? t('notices.quiet.nextDay') : undefined}
          required
        />
      </section>
    </PageFrame>
  )
}
