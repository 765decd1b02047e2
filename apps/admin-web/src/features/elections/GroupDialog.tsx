import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { appointGroup } from '@tongxin/contract/elections.acts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { PeoplePick } from './PeoplePick.tsx'
import { useDone } from './use-done.ts'

/** Who prepares the election: a head and members, by decision of the outgoing committee. */
export function GroupDialog({ election, onClose }: { election: ElectionRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { leadingGroup } = election
  const known = leadingGroup ? [leadingGroup.leader, ...leadingGroup.members] : []
  const [leader, setLeader] = useState(() => known.slice(0, 1).map(({ memberId }) => memberId))
  const [members, setMembers] = useState(() => known.slice(1).map(({ memberId }) => memberId))
  const save = useWrite(appointGroup, useDone(onClose, 'elections.done.appointGroup'))
  const errorAt = useFieldErrors(save.error)
  const [leaderId] = leader
  return (
    <FormDialog
      title={t('elections.act.appointGroup')}
      verb={t('elections.save')}
      lead={t('elections.lead.appointGroup')}
      labels={{ '/body/leaderId': t('elections.groupLeader'), '/body/memberIds': t('elections.groupMembers') }}
      whyNot={leaderId && members.length > 0 ? undefined : t('elections.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ params: { id: election.id }, body: { leaderId: leaderId ?? '', memberIds: members } })
      }
    >
      <PeoplePick
        orgId={election.orgId}
        known={known}
        label={t('elections.groupLeader')}
        most={1}
        value={leader}
        onChange={setLeader}
        error={errorAt('/body/leaderId')}
      />
      <PeoplePick
        orgId={election.orgId}
        known={known}
        label={t('elections.groupMembers')}
        value={members}
        onChange={setMembers}
        error={errorAt('/body/memberIds')}
      />
    </FormDialog>
  )
}
