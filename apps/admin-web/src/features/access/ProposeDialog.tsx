import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { proposeGrant } from '@tongxin/contract/access.grants'
import { ROLE_NAMES, type RoleName } from '@tongxin/contract/roles'
import { Button, DateInput, Dialog, dateOf, Field, RefusalText, Select, say, TextArea } from '@tongxin/ui'
import { Select as Finder } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ACCESS, peopleQuery } from './access.api.ts'
import './access.css'

type Given = Exclude<RoleName, 'member'>
const GIVEN = ROLE_NAMES.filter((role): role is Given => role !== 'member')

/** Proposes a post: who, which, where, from when until when, why. Someone else confirms it. */
export function ProposeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [personId, setPersonId] = useState('')
  const [role, setRole] = useState<Given | ''>('')
  const [orgId, setOrgId] = useState('')
  const [reach, setReach] = useState<'node' | 'subtree' | ''>('subtree')
  const [fromOn, setFrom] = useState(dateOf(Date.now()))
  const [untilOn, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const proposing = useWrite(proposeGrant, {
    refreshes: [ACCESS],
    onDone: () => {
      say(t('access.proposed'))
      onClose()
    },
  })
  const isReady = personId !== '' && role !== '' && orgId !== '' && reach !== '' && reason.trim().length >= 2
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady) return
    proposing.mutate({
      body: { personId, role, orgId, reach, fromOn, reason: reason.trim(), ...(untilOn ? { untilOn } : {}) },
    })
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('access.propose')}>
      <form className="access-form" onSubmit={submit}>
        <p>{t('access.proposeLead')}</p>
        <PersonFinder value={personId} onChange={setPersonId} />
        <Select
          label={t('access.role')}
          value={role}
          onChange={setRole}
          options={GIVEN.map((value) => ({ value, label: t(`shell.role.${value}`) }))}
          required
        />
        <OrgPicker label={t('access.organisation')} value={orgId} onChange={setOrgId} required />
        <Select
          label={t('access.reach')}
          value={reach}
          onChange={setReach}
          options={(['subtree', 'node'] as const).map((value) => ({ value, label: t(`access.reaches.${value}`) }))}
          required
        />
        <DateInput label={t('access.from')} value={fromOn} onChange={setFrom} required />
        <DateInput label={t('access.until')} help={t('access.untilHelp')} value={untilOn} onChange={setUntil} />
        <TextArea
          label={t('access.reason')}
          help={t('access.reasonHelp')}
          value={reason}
          onChange={setReason}
          maxLength={200}
          required
        />
        <RefusalText error={proposing.error} />
        <Button
          kind="primary"
          type="submit"
          isBusy={proposing.isPending}
          whyNot={isReady ? undefined : t('access.fillFirst')}
        >
          {t('access.proposeNow')}
        </Button>
      </form>
    </Dialog>
  )
}

function PersonFinder({ value, onChange }: { value: string; onChange: (personId: string) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data } = useQuery(peopleQuery(text))
  return (
    <Field label={t('access.person')} help={t('access.personHelp')} required>
      {(wiring) => (
        <Finder
          id={wiring.id}
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          showSearch={{ filterOption: false, onSearch: setText }}
          value={value || null}
          onChange={(personId: string | null) => onChange(personId ?? '')}
          options={(data?.rows ?? []).map((row) => ({ value: row.personId, label: `${row.name} · ${row.orgName}` }))}
          notFoundContent={t(text.trim() ? 'access.nobodyFound' : 'access.typeName')}
        />
      )}
    </Field>
  )
}
