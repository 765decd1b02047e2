import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import { issueActivations, printSlips } from '@tongxin/contract/access.activation'
import { Button, Dialog, RefusalText, Select } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ACCESS } from './access.api.ts'
import './access.css'

// Empty: as the organisation has set it.
const HOURS = ['24', '72', '168', '336'] as const
type Hours = (typeof HOURS)[number]

/** Codes on paper for one organisation: whom for, how long, then the slips as one PDF. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [orgId, setOrgId] = useState('')
  const [below, setBelow] = useState(true)
  const [hours, setHours] = useState<Hours | ''>('')
  const issuing = useWrite(issueActivations, { refreshes: [ACCESS] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (orgId) issuing.mutate({ body: { orgId, below, ...(hours ? { hours: Number(hours) } : {}) } })
  }
  if (issuing.data) {
    const { id, people, left } = issuing.data
    return (
      <Dialog isOpen onClose={onClose} title={t('access.issued', { count: people })} acts={<PrintButton id={id} />}>
        <p>{t('access.issuedLead')}</p>
        {left.length > 0 ? (
          <p className="hint">
            {t('access.left', { count: left.length, names: left.map(({ name }) => name).join('、') })}
          </p>
        ) : null}
      </Dialog>
    )
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('access.issue')}>
      <form className="access-form" onSubmit={submit}>
        <p>{t('access.issueLead')}</p>
        <OrgPicker label={t('access.organisation')} value={orgId} onChange={setOrgId} required />
        <label className="tick">
          <input type="checkbox" checked={below} onChange={(event) => setBelow(event.target.checked)} />{' '}
          {t('access.below')}
        </label>
        <Select
          label={t('access.lifetime')}
          value={hours}
          onChange={setHours}
          options={HOURS.map((value) => ({ value, label: t('access.days', { count: Number(value) / 24 }) }))}
          whenEmpty={t('access.usualLifetime')}
        />
        <RefusalText error={issuing.error} />
        <Button
          kind="primary"
          type="submit"
          isBusy={issuing.isPending}
          whyNot={orgId ? undefined : t('access.chooseOrganisation')}
        >
          {t('access.issueNow')}
        </Button>
      </form>
    </Dialog>
  )
}

/** Prints the slips of a batch: only for those who have not activated meanwhile. */
export function PrintButton({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const print = async () => {
    setBusy(true)
    setError(null)
    try {
      await download(printSlips, { params: { id }, body: { language: i18n.language === 'en' ? 'en' : 'zh-CN' } })
    } catch (cause) {
      setError(cause)
    }
    setBusy(false)
  }
  return (
    <div>
      <RefusalText error={error} />
      <Button kind="primary" isBusy={isBusy} onClick={() => void print()}>
        {t('access.print')}
      </Button>
    </div>
  )
}
