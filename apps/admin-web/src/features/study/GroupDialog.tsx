import { useOwnOrg } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { changeStudyGroup, makeStudyGroup, type StudyGroupRecord } from '@tongxin/contract/study.groups'
import { TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker, MembersPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'
import './study.css'

const draftOf = (group: StudyGroupRecord | undefined, orgId: string) => ({
  orgId,
  name: group?.name ?? '',
  theme: group?.theme ?? '',
  leaderId: group?.leaderId ?? '',
  memberIds: (group?.seats ?? []).filter(({ isLeader }) => !isLeader).map(({ memberId }) => memberId),
})

/** A study group is made, or gets other people, another name or leader. */
export function GroupDialog({ group, onClose }: { group?: StudyGroupRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const ownOrg = useOwnOrg()
  const [draft, setDraft] = useState(() => draftOf(group, ownOrg))
  const set = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }))
  const make = useWrite(makeStudyGroup, useDone(onClose))
  const change = useWrite(changeStudyGroup, useDone(onClose))
  const error = make.error ?? change.error
  const errorAt = useFieldErrors(error)
  const { orgId, name, theme, leaderId } = draft
  const memberIds = draft.memberIds.length > 0 ? draft.memberIds : [leaderId]
  const hasWords = name.trim().length > 1 && theme.trim().length > 1
  const isReady = hasWords && leaderId !== '' && (group !== undefined || orgId !== '')
  const submit = () => {
    const facts = { name, theme, leaderId, memberIds }
    if (group) change.mutate({ params: { id: group.id }, body: facts })
    else make.mutate({ body: { orgId, ...facts } })
  }
  return (
    <FormDialog
      title={t(group ? 'study.change' : 'study.makeGroup')}
      verb={t(group ? 'study.keep' : 'study.makeGroup')}
      labels={{
        '/body/orgId': t('study.org'),
        '/body/leaderId': t('study.leader'),
        '/body/memberIds': t('study.members'),
      }}
      whyNot={isReady ? undefined : t('study.fillFirst')}
      isBusy={make.isPending || change.isPending}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <About draft={draft} set={set} isNew={group === undefined} />
      <MemberPicker
        label={t('study.leader')}
        required
        value={leaderId}
        onChange={(value) => set({ leaderId: value })}
        error={errorAt('/body/leaderId')}
      />
      <MembersPicker
        label={t('study.members')}
        value={draft.memberIds}
        names={Object.fromEntries((group?.seats ?? []).map((seat) => [seat.memberId, seat.name]))}
        onChange={(ids) => set({ memberIds: ids })}
        error={errorAt('/body/memberIds')}
      />
    </FormDialog>
  )
}

type Draft = ReturnType<typeof draftOf>

function About({ draft, set, isNew }: { draft: Draft; set: (part: Partial<Draft>) => void; isNew: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      {isNew ? (
        <OrgPicker label={t('study.org')} required value={draft.orgId} onChange={(orgId) => set({ orgId })} />
      ) : null}
      <TextInput
        label={t('study.group')}
        required
        maxLength={60}
        value={draft.name}
        onChange={(name) => set({ name })}
      />
      <TextArea
        label={t('study.theme')}
        required
        rows={2}
        maxLength={500}
        value={draft.theme}
        onChange={(theme) => set({ theme })}
      />
    </>
  )
}
