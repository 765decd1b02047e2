import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listMembers } from '@tongxin/contract/members'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchMany, SearchOne } from './SearchSelect.tsx'

type Common = { label: string; required?: boolean; error?: string | undefined }

/** People of the scope by name, pinyin, initials or number; the branch tells namesakes apart. */
function usePeople() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const { data, isFetching } = useQuery({
    queryKey: ['members', 'picker', asked],
    queryFn: async ({ signal }) =>
      (await call(listMembers, { query: { limit: 20, ...(asked ? { search: asked } : {}) }, signal })).rows,
  })
  return {
    placeholder: t('shared.findPerson'),
    nobody: t('shared.nobodyFound'),
    isFetching,
    found: (data ?? []).map((row) => ({ value: row.id, label: `${row.name} · ${row.orgName}` })),
    onSearch: setText,
  }
}

/** One person of the scope. */
export const MemberPicker = (props: Common & { value: string; onChange: (id: string) => void }) => (
  <SearchOne {...usePeople()} {...props} />
)

/** Several people of the scope. `names` tells who was chosen before. */
export function MembersPicker(
  props: Common & {
    value: readonly string[]
    names: Readonly<Record<string, string>>
    onChange: (ids: string[]) => void
  },
) {
  const { t } = useTranslation()
  return <SearchMany {...usePeople()} unnamed={t('shared.chosen')} {...props} />
}
