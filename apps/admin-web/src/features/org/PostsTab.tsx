import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { endPost, type PostRow } from '@tongxin/contract/org.terms'
import { Button, EmptyState, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { AppointDialog } from './AppointDialog.tsx'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'
import { TermDialog } from './TermDialog.tsx'

/** Who holds and who held the posts, and the term of the committee. */
export function PostsTab({ unit }: { unit: OrgRecord }) {
  const { t } = useTranslation()
  const can = useCan()
  const [open, setOpen] = useState<'appoint' | 'term' | null>(null)
  const [leaving, setLeaving] = useState<PostRow | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="org-facts">
      <Facts
        facts={[
          {
            label: t('org.fact.termOrdinal'),
            value: unit.termOrdinal ? t('org.ordinal', { n: unit.termOrdinal }) : '—',
          },
          { label: t('org.fact.termFrom'), value: unit.termFrom ?? '—' },
          { label: t('org.fact.termUntil'), value: unit.termUntil ?? '—' },
        ]}
      />
      {unit.dissolvedOn ? null : (
        <div className="tx-acts org-acts">
          <Button {...can('org.write')} onClick={() => setOpen('term')}>
            {t('org.setTerm')}
          </Button>
          <Button kind="primary" {...can('org.write')} onClick={() => setOpen('appoint')}>
            {t('org.appoint')}
          </Button>
        </div>
      )}
      {unit.posts.length === 0 ? (
        <EmptyState title={t('org.noPosts')}>{t('org.noPostsHint')}</EmptyState>
      ) : (
        <PostsTable unit={unit} onLeave={setLeaving} />
      )}
      {open === 'appoint' ? <AppointDialog unit={unit} onClose={close} /> : null}
      {open === 'term' ? <TermDialog unit={unit} onClose={close} /> : null}
      {leaving ? <LeaveDialog unit={unit} post={leaving} onClose={() => setLeaving(null)} /> : null}
    </div>
  )
}

function PostsTable({ unit, onLeave }: { unit: OrgRecord; onLeave: (post: PostRow) => void }) {
  const { t } = useTranslation()
  const can = useCan()
  return (
    <table className="org-table">
      <thead>
        <tr>
          <th>{t('org.post')}</th>
          <th>{t('org.holder')}</th>
          <th>{t('org.fromOn')}</th>
          <th>{t('org.untilOn')}</th>
          <th>{t('org.documentNumber')}</th>
          <th>
            <span className="tx-hidden">{t('org.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {unit.posts.map((post) => (
          <tr key={post.id} data-past={post.untilOn !== null || undefined}>
            <td>{t(`words.org.post.${post.post}`)}</td>
            <td>{post.name}</td>
            <td>{post.fromOn}</td>
            <td>{post.untilOn ?? t('org.inOffice')}</td>
            <td>{post.documentNumber ?? '—'}</td>
            <td>
              {post.untilOn === null && !unit.dissolvedOn ? (
                <Button kind="quiet" {...can('org.write')} onClick={() => onLeave(post)}>
                  {t('org.leave')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function LeaveDialog({ unit, post, onClose }: { unit: OrgRecord; post: PostRow; onClose: () => void }) {
  const { t } = useTranslation()
  const save = useWrite(endPost, {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  })
  return (
    <ChangeDialog
      title={t('org.leaveTitle', { name: post.name, post: t(`words.org.post.${post.post}`) })}
      verb={t('org.leave')}
      fields={['untilOn', 'reason']}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ untilOn = '', reason = '' }) =>
        save.mutate({ params: { id: unit.id, postId: post.id }, body: { untilOn, reason } })
      }
    />
  )
}
