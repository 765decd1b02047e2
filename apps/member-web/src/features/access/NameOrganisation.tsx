import { useWrite } from '@tongxin/client/use-write'
import { nameOrganisation } from '@tongxin/contract/access.first-run'
import { Button, RefusalText, Select, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

const KINDS = ['committee', 'general_branch', 'branch'] as const
type Kind = (typeof KINDS)[number]

/** The organisation at the top: everything else stands below it. */
export function NameOrganisation() {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind | ''>('committee')
  const naming = useWrite(nameOrganisation, { refreshes: [['session'], ['set-up']] })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (kind) naming.mutate({ body: { name: name.trim(), kind } })
  }
  return (
    <form onSubmit={submit}>
      <h2>{t('access.welcome.organisation')}</h2>
      <p>{t('access.welcome.organisationLead')}</p>
      <TextInput
        label={t('access.welcome.organisationName')}
        help={t('access.welcome.organisationHelp')}
        value={name}
        onChange={setName}
        minLength={2}
        maxLength={120}
        autoComplete="organization"
        required
        autoFocus
      />
      <Select
        label={t('access.welcome.kind')}
        value={kind}
        onChange={setKind}
        options={KINDS.map((value) => ({ value, label: t(`access.welcome.kinds.${value}`) }))}
        required
      />
      <RefusalText error={naming.error} />
      <Button kind="primary" wide type="submit" isBusy={naming.isPending}>
        {t('access.welcome.organisationNow')}
      </Button>
    </form>
  )
}
