import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import * as campaigns from './service/campaigns.ts'
import * as checkins from './service/checkins.ts'
import * as groups from './service/groups.ts'
import * as marking from './service/marking.ts'
import * as noteFile from './service/note-file.ts'
import * as notes from './service/notes.ts'
import * as ownCampaigns from './service/own-campaigns.ts'
import * as ownGroups from './service/own-groups.ts'
import * as ownWorks from './service/own-works.ts'
import * as posts from './service/posts.ts'
import * as showing from './service/showing.ts'
import * as tasks from './service/tasks.ts'
import * as views from './service/views.ts'
import type { StudyPorts } from './study.ports.ts'

function mountOwn(app: FastifyInstance, ports: StudyPorts): void {
  mount(app, contract.listMyNotes, notes.list)
  mount(app, contract.writeNote, notes.write(ports))
  mount(app, contract.changeNote, notes.change)
  mount(app, contract.removeNote, notes.remove)
  mount(app, contract.shareNote, notes.share)
  mount(app, contract.exportMyNotes, noteFile.file)
  mount(app, contract.listSharedNotes, notes.listShared)
  mount(app, contract.readMyCheckins, checkins.read)
  mount(app, contract.setMyCheckin, checkins.set)
  mount(app, contract.removeMyCheckin, checkins.remove)
  mount(app, contract.listMyTasks, ownWorks.listTasks)
  mount(app, contract.readMyTask, ownWorks.readTask)
  mount(app, contract.readMyDraft, ownWorks.readDraft)
  mount(app, contract.saveMyDraft, ownWorks.saveDraft)
  mount(app, contract.listMyWorks, ownWorks.list)
  mount(app, contract.handInWork, ownWorks.handIn)
  mount(app, contract.readMyWork, ownWorks.read)
  mount(app, contract.consentToShow, ownWorks.consent)
  mount(app, contract.listShownWorks, showing.list)
  mount(app, contract.readShownWork, showing.read)
  mount(app, contract.remarkOnWork, showing.remark)
  mount(app, contract.withdrawRemark, showing.withdraw)
  mount(app, contract.listMyStudyGroups, ownGroups.list)
  mount(app, contract.readMyStudyGroup, ownGroups.read)
  mount(app, contract.planStudySession, ownGroups.plan)
  mount(app, contract.changeStudySession, ownGroups.change)
  mount(app, contract.writeStudyMinutes, ownGroups.writeMinutes)
  mount(app, contract.seeStudyFeedback, ownGroups.seeFeedback)
  mount(app, contract.giveStudyFeedback, ownGroups.feedback)
  mount(app, contract.listMyCampaigns, ownCampaigns.list)
  mount(app, contract.readMyCampaign, ownCampaigns.read)
  mount(app, contract.doCampaignTask, ownCampaigns.act)
  mount(app, contract.listMyCampaignPosts, posts.listOwn)
  mount(app, contract.postInCampaign, posts.write)
  mount(app, contract.withdrawPost, posts.withdraw)
}

export const studyRoutes = (ports: StudyPorts) => async (app: FastifyInstance) => {
  mountOwn(app, ports)
  mount(app, contract.listStudyTasks, tasks.list)
  mount(app, contract.setStudyTask, tasks.make(ports))
  mount(app, contract.readStudyTask, tasks.read)
  mount(app, contract.changeStudyTask, tasks.change)
  mount(app, contract.closeStudyTask, tasks.close)
  mount(app, contract.remindStudyTask, tasks.remind)
  mount(app, contract.listStudyWorks, marking.list)
  mount(app, contract.readStudyWork, marking.read)
  mount(app, contract.markStudyWork, marking.mark)
  mount(app, contract.returnStudyWork, marking.sendBack)
  mount(app, contract.markStudyWorks, marking.markMany)
  mount(app, contract.showStudyWork, marking.show)
  mount(app, contract.exportStudyWorks, marking.file)
  mount(app, contract.listStudyGroups, groups.list)
  mount(app, contract.makeStudyGroup, groups.make)
  mount(app, contract.readStudyGroup, groups.read)
  mount(app, contract.changeStudyGroup, groups.change)
  mount(app, contract.endStudyGroup, groups.end)
  mount(app, contract.confirmStudySession, groups.confirm)
  mount(app, contract.listCampaigns, campaigns.list)
  mount(app, contract.makeCampaign, campaigns.make(ports))
  mount(app, contract.readCampaign, campaigns.read)
  mount(app, contract.changeCampaign, campaigns.change(ports))
  mount(app, contract.moveCampaign, campaigns.move)
  mount(app, contract.listCampaignPosts, posts.list)
  mount(app, contract.decideOnPost, posts.decide)
  mount(app, contract.summarizeCampaign, campaigns.summarize)
  mount(app, contract.exportViews, views.file)
}
