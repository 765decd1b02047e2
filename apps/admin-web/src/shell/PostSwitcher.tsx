import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { postOf, useSession } from '@tongxin/client/session'
import { useWrite } from '@tongxin/client/use-write'
import { takePost } from '@tongxin/contract/access.own'
import { say, useRefusalWords } from '@tongxin/ui'
import { Dropdown } from 'antd'
import { ChevronsUpDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'

/** Under which post I act: organisation and role. Changing it changes rights and scope, so every answer is forgotten. */
export function PostSwitcher() {
  const { t } = useTranslation()
  const session = useSession()
  const post = postOf(session)
  const queryClient = useQueryClient()
  const router = useRouter()
  const words = useRefusalWords()
  const taking = useWrite(takePost, {
    onDone: () => {
      void queryClient.resetQueries()
      void router.navigate({ to: paths.workbench() })
    },
  })
  const take = (grantId: string) =>
    taking.mutate(
      { body: { grantId } },
      { onError: (error) => say(words('code' in error ? String(error.code) : 'client.bug').reason, 'late') },
    )
  const items = session.posts.map((one) => ({
    key: one.grantId,
    label: (
      <span className="post-choice">
        <strong>{one.orgName}</strong>
        <small>{t(`shell.role.${one.role}`)}</small>
      </span>
    ),
  }))
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: post ? [post.grantId] : [],
        onClick: ({ key }) => key !== post?.grantId && take(key),
      }}
    >
      <button type="button" className="post" aria-haspopup="menu">
        <span className="tx-hidden">{t('shell.post')}</span>
        <strong>{post ? post.orgName : t('shell.noPost')}</strong>
        {post ? <span>{t(`shell.role.${post.role}`)}</span> : null}
        <ChevronsUpDown aria-hidden="true" />
      </button>
    </Dropdown>
  )
}
