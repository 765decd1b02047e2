import { Link } from '@tanstack/react-router'
import type { MemberRecord } from '@tongxin/contract/members'
import type { ChangeRow } from '@tongxin/contract/members.review'
import { EmptyState, Lamp } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { CHANGE_LAMPS } from './lamps.ts'
import { useMemberWords } from './use-member-words.ts'

/** Proposals about this record that are still open. */
export function ChangesTab({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  if (record.openChanges.length === 0) return <EmptyState title={t('members.noOpenChanges')} />
  return (
    <ul className="entry-list">
      {record.openChanges.map((change) => (
        <li key={change.id}>
          <Link to={paths.memberChanges.one(change.id)}>{word('changeKind', change.kind)}</Link>
          <Lamp state={CHANGE_LAMPS[change.state as ChangeRow['state']]}>{word('changeState', change.state)}</Lamp>
        </li>
      ))}
    </ul>
  )
}
