import { useWrite } from '@tongxin/client/use-write'
import { issueXapiCredential, XAPI_RIGHTS, type XapiRight } from '@tongxin/contract/xapi'
import { Button, DateInput, Dialog, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { XAPI } from './xapi.api.ts'

type Issued = { readonly key: string; readonly secret: string; readonly endpoint: string }

/** A new key: for whom, for what, what it may do, until when; then the secret, once. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [purpose, setPurpose] = useState('')
  const [orgId, setOrgId] = useState('')
  const [untilOn, setUntil] = useState('')
  const [rights, setRights] = useState<readonly XapiRight[]>(['statements/write'])
  const issuing = useWrite(issueXapiCredential, { refreshes: [XAPI] })
  if (issuing.data) {
    const { credential, secret, endpoint } = issuing.data
    return <Shown issued={{ key: credential.key, secret, endpoint }} onClose={onClose} />
  }
  const isReady = name.trim() !== '' && purpose.trim().length >= 2 && rights.length > 0
  const submit = () =>
    issuing.mutate({
      body: {
        name: name.trim(),
        purpose: purpose.trim(),
        rights: [...rights],
        ...(orgId ? { orgId } : {}),
        ...(untilOn ? { untilOn } : {}),
      },
    })
  return (
    <FormDialog
      title={t('xapi.issue')}
      verb={t('xapi.issueNow')}
      lead={t('xapi.issueLead')}
      labels={{
        '/body/name': t('xapi.name'),
        '/body/purpose': t('xapi.purpose'),
        '/body/orgId': t('xapi.organisation'),
        '/body/untilOn': t('xapi.until'),
      }}
      whyNot={isReady ? undefined : t('xapi.fillFirst')}
      isBusy={issuing.isPending}
      error={issuing.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput label={t('xapi.name')} required maxLength={60} value={name} onChange={setName} />
      <TextInput label={t('xapi.purpose')} required maxLength={200} value={purpose} onChange={setPurpose} />
      <OrgPicker label={t('xapi.organisation')} value={orgId} onChange={setOrgId} />
      <p className="hint">{t('xapi.organisationHelp')}</p>
      <fieldset className="xapi-rights">
        <legend>{t('xapi.rights')}</legend>
        {XAPI_RIGHTS.map((right) => (
          <label key={right} className="tick">
            <input
              type="checkbox"
              checked={rights.includes(right)}
              onChange={({ target }) =>
                setRights(target.checked ? [...rights, right] : rights.filter((one) => one !== right))
              }
            />{' '}
            {t(`xapi.rightNames.${right}`)}
          </label>
        ))}
      </fieldset>
      <DateInput label={t('xapi.until')} help={t('xapi.untilHelp')} value={untilOn} onChange={setUntil} />
    </FormDialog>
  )
}

/** Shown once: afterwards nobody can read the secret, and a lost one is replaced by a new key. */
function Shown({ issued, onClose }: { issued: Issued; onClose: () => void }) {
  const { t } = useTranslation()
  const copy = async () => {
    await navigator.clipboard.writeText(`${issued.endpoint}\n${issued.key}\n${issued.secret}`)
    say(t('xapi.copied'))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('xapi.issued')}
      acts={
        <>
          <Button onClick={() => void copy()}>{t('xapi.copy')}</Button>
          <Button kind="primary" onClick={onClose}>
            {t('xapi.kept')}
          </Button>
        </>
      }
    >
      <p>{t('xapi.issuedLead')}</p>
      <dl className="xapi-issued">
        <dt>{t('xapi.endpoint')}</dt>
        <dd>
          <code>{issued.endpoint}</code>
        </dd>
        <dt>{t('xapi.key')}</dt>
        <dd>
          <code>{issued.key}</code>
        </dd>
        <dt>{t('xapi.secret')}</dt>
        <dd>
          <code>{issued.secret}</code>
        </dd>
      </dl>
    </Dialog>
  )
}
