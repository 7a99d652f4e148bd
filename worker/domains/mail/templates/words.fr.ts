import type { MailData } from '../mail.ts';
import type { MailWords, Values } from './words.ts';

const hello = (name: string, { name: safe }: Values): string => (name ? `Bonjour ${safe(name)},` : 'Bonjour,');

const NOTICES: Record<MailData<'security_notice'>['what'], [subject: string, said: string, next: string]> = {
  password_changed: [
    'Votre mot de passe a été modifié',
    'Le mot de passe de votre compte Inlay a été modifié. Vos autres sessions ont été déconnectées.',
    'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe et vérifiez vos sessions.',
  ],
  password_reset: [
    'Votre mot de passe a été réinitialisé',
    'Un nouveau mot de passe a été défini au moyen d’un lien reçu dans cette boîte. Toutes les sessions ont été déconnectées.',
    'Si ce n’était pas vous, quelqu’un lit votre courrier : sécurisez d’abord cette boîte, puis demandez à nouveau un mot de passe.',
  ],
  email_change_asked: [
    'Votre adresse va changer',
    'Quelqu’un, connecté sous votre nom, a demandé une autre adresse e-mail pour votre compte Inlay. Rien ne change tant que la nouvelle adresse n’est pas confirmée.',
    'Si ce n’était pas vous, changez votre mot de passe maintenant et déconnectez vos autres sessions : la demande sera alors nulle.',
  ],
  email_changed: [
    'Votre adresse a été modifiée',
    'Votre compte Inlay a désormais une autre adresse e-mail. Celle-ci ne permet plus de se connecter.',
    'Si ce n’était pas vous, répondez tout de suite à ce message pour que nous puissions vous rendre le compte.',
  ],
  second_factor_on: [
    'Second facteur activé',
    'La connexion à votre compte Inlay demande désormais un code de votre application d’authentification.',
    'Si ce n’était pas vous, demandez tout de suite un nouveau mot de passe.',
  ],
  second_factor_off: [
    'Second facteur désactivé',
    'La connexion à votre compte Inlay ne demande plus de code de votre application d’authentification.',
    'Si ce n’était pas vous, changez votre mot de passe et réactivez le second facteur.',
  ],
  recovery_code_used: [
    'Un code de secours a été utilisé',
    'Quelqu’un s’est connecté à votre compte Inlay avec l’un de vos codes de secours. Ce code ne fonctionne plus.',
    'Si ce n’était pas vous, créez de nouveaux codes de secours et changez votre mot de passe.',
  ],
  recovery_codes_new: [
    'Nouveaux codes de secours',
    'Dix nouveaux codes de secours ont été créés pour votre compte Inlay. Les anciens ne fonctionnent plus.',
    'Si ce n’était pas vous, changez tout de suite votre mot de passe.',
  ],
  new_sign_in: [
    'Nouvelle connexion à votre compte',
    'Votre compte Inlay a été utilisé depuis un appareil ou un lieu que nous ne connaissions pas.',
    'Si ce n’était pas vous, terminez cette session et changez votre mot de passe.',
  ],
  session_reused: [
    'Une session a été terminée pour vous protéger',
    'La clé de l’une de vos sessions a servi deux fois, ce qui arrive quand elle a été copiée. Nous avons terminé cette session.',
    'Reconnectez-vous. Si vous ne reconnaissez pas l’appareil ci-dessous, changez votre mot de passe.',
  ],
  google_linked: [
    'Google peut maintenant vous connecter',
    'Un compte Google a été associé à votre compte Inlay et permet de s’y connecter.',
    'Si ce n’était pas vous, dissociez-le et changez votre mot de passe.',
  ],
  google_unlinked: [
    'Google ne vous connecte plus',
    'Le compte Google a été dissocié de votre compte Inlay.',
    'Si ce n’était pas vous, changez tout de suite votre mot de passe.',
  ],
  ownership_received: [
    'Une organisation vous appartient désormais',
    'La propriété d’une organisation sur Inlay vous a été transmise. Un propriétaire peut modifier les membres, supprimer l’organisation ou la céder.',
    'Si vous ne vous y attendiez pas, demandez à son ancien propriétaire.',
  ],
  support_let_in: [
    'L’assistance est entrée dans votre organisation',
    'Une personne d’Inlay est entrée dans votre organisation, avec l’autorisation que celle-ci a donnée. Elle peut regarder, sans rien modifier. Ce qu’elle fait figure dans votre journal d’audit.',
    'Si vous ne vous y attendiez pas, mettez fin à l’autorisation dans vos réglages.',
  ],
  account_locked: [
    'La connexion par mot de passe est bloquée',
    'Trop de mots de passe erronés ont été essayés sur votre compte Inlay : les mots de passe ne sont plus acceptés pour le moment. Vos sessions restent ouvertes.',
    'Définissez un nouveau mot de passe, ou connectez-vous par un lien reçu par e-mail, pour le débloquer.',
  ],
  account_deletion: [
    'Votre compte va être supprimé',
    'Vous nous avez demandé de supprimer votre compte Inlay. Il sera supprimé définitivement sept jours après l’heure ci-dessous.',
    'Pour le garder, ou si ce n’était pas vous, connectez-vous et annulez la suppression.',
  ],
  account_deletion_waits: [
    'Votre compte n’est pas encore supprimé',
    'Vous nous avez demandé de supprimer votre compte Inlay, et le délai est écoulé. Vous êtes devenu l’unique propriétaire d’une organisation, que personne d’autre ne pourrait gérer ni supprimer.',
    'Nommez-y un autre propriétaire ou supprimez l’organisation : votre compte sera supprimé sous un jour. Vous pouvez aussi annuler la suppression.',
  ],
  organization_deletion: [
    'Votre organisation va être supprimée',
    'Un propriétaire nous a demandé de supprimer votre organisation sur Inlay avec tout ce qu’elle contient. Elle sera supprimée définitivement sept jours après l’heure ci-dessous.',
    'Pour la garder, un propriétaire peut annuler la suppression dans les réglages jusque-là.',
  ],
};

const ROLES: Record<string, string> = {
  owner: 'propriétaire',
  admin: 'administrateur',
  manager: 'responsable',
  analyst: 'analyste',
  client: 'client',
};

export const fr: MailWords = {
  linkNote: 'Ou ouvrez cette adresse :',
  sentTo: (address) => `Ce message a été envoyé à ${address}.`,
  unsubscribe: 'Ne plus recevoir le résumé hebdomadaire',
  why: {
    confirm_sign_up:
      'Quelqu’un a saisi cette adresse pour ouvrir un compte Inlay. Si ce n’était pas vous, ne faites rien : aucun compte n’est ouvert.',
    already_have_account:
      'Quelqu’un a saisi cette adresse pour ouvrir un compte Inlay. Si ce n’était pas vous, ne faites rien : rien n’a changé.',
    welcome: 'Vous recevez ce message parce que vous avez ouvert un compte Inlay.',
    magic_link:
      'Quelqu’un a demandé un lien de connexion à ce compte. Si ce n’était pas vous, ne faites rien : sans le lien, personne n’entre.',
    reset_password:
      'Quelqu’un a demandé un nouveau mot de passe pour ce compte. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.',
    proof_code:
      'Quelqu’un, connecté à votre compte, a demandé ce code. Si ce n’était pas vous, ne le donnez à personne et déconnectez vos autres sessions.',
    change_email:
      'Quelqu’un a demandé à utiliser cette adresse pour son compte Inlay. Si ce n’était pas vous, ne faites rien : l’adresse n’est pas reprise.',
    invitation:
      'Quelqu’un a invité cette adresse dans une organisation sur Inlay. Si vous ne connaissez pas cette personne, ne faites rien : l’invitation expire d’elle-même.',
    security_notice: 'Nous envoyons ces avis pour la sécurité de votre compte ; ils ne peuvent pas être désactivés.',
    webhooks_off: 'Vous recevez ce message parce que vous gérez les webhooks de l’organisation.',
    approval_asked: 'Vous recevez ce message parce que vous pouvez approuver les lancements de l’organisation.',
    approval_decided: 'Vous recevez ce message parce que vous avez demandé l’approbation.',
    export_ready:
      'Vous recevez ce message parce qu’une copie de données a été demandée avec votre compte. Si ce n’était pas vous, changez votre mot de passe maintenant.',
    customer_copy_ready: 'Vous recevez ce message en tant que propriétaire de l’organisation qui a connecté la boutique.',
    weekly_digest: 'Vous recevez ce message le lundi en tant que membre de l’organisation.',
  },
  templates: {
    confirm_sign_up: ({ name }, v) => ({
      subject: 'Confirmez votre adresse pour ouvrir votre compte',
      preheader: 'Un clic et votre compte est ouvert. Le lien est valable 24 heures.',
      greeting: hello(name, v),
      lines: ['Cliquez sur le bouton pour confirmer cette adresse et ouvrir votre compte Inlay.'],
      button: 'Ouvrir mon compte',
      after: ['Le lien ne sert qu’une fois et reste valable 24 heures.'],
    }),
    already_have_account: ({ name }, v) => ({
      subject: 'Vous avez déjà un compte',
      preheader: 'Connectez-vous ou demandez un nouveau mot de passe.',
      greeting: hello(name, v),
      lines: [
        'Cette adresse a déjà un compte Inlay. Connectez-vous ; sur la même page, vous pouvez demander un nouveau mot de passe ou un lien par e-mail.',
      ],
      button: 'Se connecter',
      after: [],
    }),
    welcome: ({ name, organization }, v) => ({
      subject: 'Bienvenue chez Inlay',
      preheader: 'Votre compte est ouvert. Commencez par connecter un compte publicitaire.',
      greeting: hello(name, v),
      lines: [
        `Votre compte et l’organisation ${v.name(organization)} sont prêts.`,
        'Trois étapes pour commencer : connectez votre compte publicitaire, connectez votre boutique pour que le chiffre d’affaires soit connu, et activez un second facteur dans les réglages de sécurité.',
      ],
      button: 'Ouvrir Inlay',
      after: [],
    }),
    magic_link: ({ name, place, device }, v) => ({
      subject: 'Votre lien de connexion',
      preheader: 'Valable 15 minutes, une seule fois.',
      greeting: hello(name, v),
      lines: ['Cliquez sur le bouton pour vous connecter à Inlay.'],
      button: 'Se connecter',
      facts: [
        ['Demandé depuis', device],
        ['Lieu', place],
      ],
      after: [
        'Le lien ne sert qu’une fois et reste valable 15 minutes. Si vous ne reconnaissez pas l’appareil ou le lieu ci-dessus, ne l’ouvrez pas.',
      ],
    }),
    reset_password: ({ name }, v) => ({
      subject: 'Définissez un nouveau mot de passe',
      preheader: 'Valable 30 minutes, une seule fois.',
      greeting: hello(name, v),
      lines: [
        'Cliquez sur le bouton pour définir un nouveau mot de passe pour votre compte Inlay. Toutes vos sessions prendront alors fin.',
      ],
      button: 'Définir un mot de passe',
      after: ['Le lien ne sert qu’une fois et reste valable 30 minutes.'],
    }),
    proof_code: ({ name, code }, v) => ({
      subject: 'Votre code pour continuer',
      preheader: 'Valable 10 minutes.',
      greeting: hello(name, v),
      lines: ['Saisissez ce code là où Inlay le demande :'],
      code,
      after: ['Le code est valable 10 minutes. Personne chez Inlay ne vous le demandera jamais.'],
    }),
    change_email: ({ name }, v) => ({
      subject: 'Confirmez votre nouvelle adresse',
      preheader: 'Un clic pour utiliser désormais cette adresse.',
      greeting: hello(name, v),
      lines: [
        'Cliquez sur le bouton pour utiliser désormais cette adresse avec votre compte Inlay. Vos autres sessions prendront alors fin.',
      ],
      button: 'Utiliser cette adresse',
      after: ['Le lien ne sert qu’une fois et reste valable 24 heures.'],
    }),
    invitation: ({ organization, invitedBy, role, expiresAt }, v) => ({
      subject: `Invitation à rejoindre ${v.name(organization)}`,
      preheader: `${v.name(invitedBy)} vous invite à travailler ensemble sur Inlay.`,
      greeting: 'Bonjour,',
      lines: [
        `${v.name(invitedBy)} vous invite à rejoindre ${v.name(organization)} sur Inlay avec le rôle suivant : ${ROLES[role] ?? role}.`,
      ],
      button: 'Voir l’invitation',
      after: [`L’invitation est valable jusqu’au ${v.instant(expiresAt)}.`],
    }),
    security_notice: ({ name, what, at, place, device }, v) => {
      const [subject, said, next] = NOTICES[what];
      return {
        subject,
        preheader: said,
        greeting: hello(name, v),
        lines: [said],
        facts: [
          ['Quand', v.instant(at)],
          ['Appareil', device],
          ['Lieu', place],
        ],
        button: 'Ouvrir mes réglages',
        after: [next],
      };
    },
    webhooks_off: ({ name, organization, host, reason }, v) => ({
      subject: `Les webhooks vers ${v.name(host)} sont désactivés`,
      preheader: 'Rien n’y est envoyé tant que vous ne les réactivez pas.',
      greeting: hello(name, v),
      lines: [
        reason === 'gone'
          ? `${v.name(host)} a répondu ne plus vouloir de webhooks de ${v.name(organization)} (410) ; nous avons donc cessé d’en envoyer.`
          : `${v.name(host)} n’a accepté aucun webhook de ${v.name(organization)} depuis cinq jours ; nous avons donc cessé d’en envoyer.`,
        'Ce qui n’a pas été livré reste 30 jours dans le journal et peut être renvoyé depuis là.',
      ],
      button: 'Ouvrir les webhooks',
      after: [],
    }),
    approval_asked: ({ name, organization, launch, account, askedBy, amount, expiresAt }, v) => ({
      subject: `${v.name(launch)} attend votre approbation`,
      preheader: `Jusqu’à ${amount} par jour. Rien n’est créé ni dépensé avant votre accord.`,
      greeting: hello(name, v),
      lines: [
        `${v.name(askedBy)} vous demande d’approuver un lancement de ${v.name(organization)}. Ses budgets dépassent le montant à partir duquel deux personnes doivent être d’accord, et vous n’avez pas participé au plan.`,
      ],
      facts: [
        ['Lancement', v.name(launch)],
        ['Compte publicitaire', v.name(account)],
        ['Budgets quotidiens réunis', amount],
      ],
      button: 'Voir le lancement',
      after: [`La demande est ouverte jusqu’au ${v.instant(expiresAt)}. Vous voyez l’effet exact avant de décider ; un refus se motive.`],
    }),
    approval_decided: ({ name, launch, decidedBy, decision, reason }, v) => ({
      subject: decision === 'approved' ? `${v.name(launch)} est approuvé` : `${v.name(launch)} n’a pas été approuvé`,
      preheader: decision === 'approved' ? 'La création commence, en pause.' : 'Rien n’a été créé.',
      greeting: hello(name, v),
      lines: [
        decision === 'approved'
          ? `${v.name(decidedBy)} a approuvé le lancement ${v.name(launch)}. L’approbation permet de l’activer pendant 24 heures.`
          : `${v.name(decidedBy)} n’a pas approuvé le lancement ${v.name(launch)}. Il reste tel quel.`,
      ],
      ...(reason === null ? {} : { facts: [['Motif', v.name(reason)]] as [string, string][] }),
      button: 'Ouvrir le lancement',
      after: [],
    }),
    export_ready: ({ name, expiresAt }, v) => ({
      subject: 'Votre copie des données est prête',
      preheader: 'À télécharger dans les 24 heures.',
      greeting: hello(name, v),
      lines: ['La copie que vous avez demandée est prête : un seul fichier, lisible par les personnes et par les machines.'],
      button: 'Aller au téléchargement',
      after: [
        `Le fichier sera supprimé le ${v.instant(expiresAt)}. Il contient des données personnelles : gardez-le là où vous seul pouvez le lire.`,
      ],
    }),
    customer_copy_ready: ({ name, organization, shop, expiresAt }, v) => ({
      subject: `Un client de ${v.name(shop)} a demandé ses données`,
      preheader: 'Ce qu’Inlay conserve à son sujet est prêt à lui être transmis.',
      greeting: hello(name, v),
      lines: [
        `Un client de ${v.name(shop)} a demandé à voir les données conservées à son sujet. Ce qu’Inlay conserve pour ${v.name(organization)} est prêt, en un seul fichier.`,
        'C’est vous qui répondez au client, en règle générale sous 30 jours.',
      ],
      button: 'Aller au téléchargement',
      after: [`Le fichier sera supprimé le ${v.instant(expiresAt)}. Il contient des données personnelles : ne le donnez qu’à ce client.`],
    }),
    weekly_digest: ({ name, organization, from, until, spend, revenue, roas, leads, launches }, v) => ({
      subject: `${v.name(organization)} : votre semaine, ${from} – ${until}`,
      preheader: `Dépenses ${spend ?? '—'}, chiffre d’affaires ${revenue ?? '—'}`,
      greeting: hello(name, v),
      lines: [`La semaine de ${v.name(organization)}, ${from} – ${until} :`],
      facts: [
        ['Dépenses publicitaires', spend],
        ['Chiffre d’affaires des publicités', revenue],
        ['Retour sur dépenses', roas],
        ['Prospects', v.number(leads)],
        ['Lancements', v.number(launches)],
      ],
      button: 'Ouvrir le tableau de bord',
      after: ['« — » signifie que le chiffre n’est pas connu pour toute la semaine ; le tableau de bord dit pourquoi.'],
    }),
  },
};
