import type { MailData } from '../mail.ts';
import type { MailWords, Values } from './words.ts';

const hello = (name: string, { name: safe }: Values): string => (name ? `Hello ${safe(name)},` : 'Hello,');

const NOTICES: Record<MailData<'security_notice'>['what'], [subject: string, said: string, next: string]> = {
  password_changed: [
    'Your password was changed',
    'The password of your Inlay account was changed. Your other sessions were signed out.',
    'If this was not you, ask for a new password at once and look through your sessions.',
  ],
  password_reset: [
    'Your password was reset',
    'A new password was set by a link from this mailbox. Every session was signed out.',
    'If this was not you, somebody can read your mail: secure this mailbox first, then ask for a new password again.',
  ],
  email_change_asked: [
    'Your address is about to change',
    'Somebody signed in as you asked for another e-mail address on your Inlay account. Nothing changes until the new address is confirmed.',
    'If this was not you, change your password now and sign out your other sessions; the change is then void.',
  ],
  email_changed: [
    'Your address was changed',
    'Your Inlay account has another e-mail address now. This one no longer signs in.',
    'If this was not you, answer this mail at once, so that we can give the account back to you.',
  ],
  second_factor_on: [
    'Second factor switched on',
    'Signing in to your Inlay account now asks for a code of your authenticator app.',
    'If this was not you, ask for a new password at once.',
  ],
  second_factor_off: [
    'Second factor switched off',
    'Signing in to your Inlay account no longer asks for a code of your authenticator app.',
    'If this was not you, change your password and switch the second factor on again.',
  ],
  recovery_code_used: [
    'A recovery code was used',
    'Somebody signed in to your Inlay account with one of your recovery codes. It works no more.',
    'If this was not you, make new recovery codes and change your password.',
  ],
  recovery_codes_new: [
    'New recovery codes',
    'Ten new recovery codes were made for your Inlay account. The old ones work no more.',
    'If this was not you, change your password at once.',
  ],
  new_sign_in: [
    'New sign-in to your account',
    'Your Inlay account was used from a device or place we had not seen before.',
    'If this was not you, end that session and change your password.',
  ],
  session_reused: [
    'A session was ended to protect you',
    'The key of one of your sessions was used twice, which happens when it was copied. We ended that session.',
    'Sign in again. If you do not know the device below, change your password.',
  ],
  google_linked: [
    'Google can now sign you in',
    'A Google account was linked to your Inlay account and can sign in to it.',
    'If this was not you, unlink it and change your password.',
  ],
  google_unlinked: [
    'Google no longer signs you in',
    'The Google account was unlinked from your Inlay account.',
    'If this was not you, change your password at once.',
  ],
  ownership_received: [
    'You now own an organization',
    'The ownership of an organization on Inlay was handed to you. Owners may change members, delete the organization and give it away.',
    'If you did not expect this, ask the person who owned it before.',
  ],
  support_let_in: [
    'Support entered your organization',
    'Somebody of Inlay entered your organization, under the permission your organization gave. They can look, and change nothing. What they do is in your audit log.',
    'If you did not expect this, end the permission in your settings.',
  ],
  account_locked: [
    'Signing in by password is locked',
    'Too many wrong passwords were tried on your Inlay account, so passwords are not accepted for now. Your sessions stay.',
    'Set a new password, or sign in with a link by mail, to open it again.',
  ],
  account_deletion: [
    'Your account will be deleted',
    'You asked us to delete your Inlay account. It is deleted for good seven days after the time below.',
    'To keep it, or if this was not you, sign in and take the deletion back.',
  ],
  account_deletion_waits: [
    'Your account is not deleted yet',
    'You asked us to delete your Inlay account, and its time has come. You have become the only owner of an organization, which nobody else could manage or delete.',
    'Make somebody else an owner there, or delete the organization; your account is then deleted within a day. You can also take the deletion back.',
  ],
  organization_deletion: [
    'Your organization will be deleted',
    'An owner asked us to delete your organization on Inlay with everything in it. It is deleted for good seven days after the time below.',
    'To keep it, an owner can take the deletion back in the settings until then.',
  ],
};

const ROLES: Record<string, string> = { owner: 'owner', admin: 'admin', manager: 'manager', analyst: 'analyst', client: 'client' };

export const en: MailWords = {
  linkNote: 'Or open this address:',
  sentTo: (address) => `This mail was sent to ${address}.`,
  unsubscribe: 'Stop the weekly digest',
  why: {
    confirm_sign_up: 'Somebody entered this address to open an account with Inlay. If it was not you, do nothing: no account is opened.',
    already_have_account:
      'Somebody entered this address to open an account with Inlay. If it was not you, do nothing: nothing has changed.',
    welcome: 'You get this mail because you opened an account with Inlay.',
    magic_link: 'Somebody asked for a link that signs in to this account. If it was not you, do nothing: without the link nobody gets in.',
    reset_password: 'Somebody asked for a new password for this account. If it was not you, do nothing: your password stays as it is.',
    proof_code:
      'Somebody signed in to your account asked for this code. If it was not you, give it to nobody and sign out your other sessions.',
    change_email:
      'Somebody asked to use this address for their Inlay account. If it was not you, do nothing: the address is not taken over.',
    invitation:
      'Somebody invited this address to an organization on Inlay. If you do not know them, do nothing: the invitation ends by itself.',
    security_notice: 'We send such notices for the safety of your account; they cannot be switched off.',
    webhooks_off: 'You get this mail as somebody who looks after the webhooks of the organization.',
    approval_asked: 'You get this mail as somebody who may approve launches of the organization.',
    approval_decided: 'You get this mail because you asked for the approval.',
    export_ready: 'You get this mail because a copy of data was asked for with your account. If it was not you, change your password now.',
    customer_copy_ready: 'You get this mail as an owner of the organization that connected the shop.',
    weekly_digest: 'You get this mail on Mondays as a member of the organization.',
  },
  templates: {
    confirm_sign_up: ({ name }, v) => ({
      subject: 'Confirm your address to open your account',
      preheader: 'One press and your account is open. The link is good for 24 hours.',
      greeting: hello(name, v),
      lines: ['Press the button to confirm this address and open your Inlay account.'],
      button: 'Open my account',
      after: ['The link works once and is good for 24 hours.'],
    }),
    already_have_account: ({ name }, v) => ({
      subject: 'You already have an account',
      preheader: 'Sign in, or ask for a new password.',
      greeting: hello(name, v),
      lines: [
        'This address already has an Inlay account. Sign in to it; on the same page you can ask for a new password or for a link by mail.',
      ],
      button: 'Sign in',
      after: [],
    }),
    welcome: ({ name, organization }, v) => ({
      subject: 'Welcome to Inlay',
      preheader: 'Your account is open. The first step is to connect an ad account.',
      greeting: hello(name, v),
      lines: [
        `Your account and the organization ${v.name(organization)} are ready.`,
        'Three steps to begin with: connect your ad account, connect your shop so that revenue is known, and switch on a second factor in the security settings.',
      ],
      button: 'Open Inlay',
      after: [],
    }),
    magic_link: ({ name, place, device }, v) => ({
      subject: 'Your link to sign in',
      preheader: 'Good for 15 minutes, works once.',
      greeting: hello(name, v),
      lines: ['Press the button to sign in to Inlay.'],
      button: 'Sign in',
      facts: [
        ['Asked from', device],
        ['Place', place],
      ],
      after: ['The link works once and is good for 15 minutes. If you do not know the device or place above, do not open it.'],
    }),
    reset_password: ({ name }, v) => ({
      subject: 'Set a new password',
      preheader: 'Good for 30 minutes, works once.',
      greeting: hello(name, v),
      lines: ['Press the button to set a new password for your Inlay account. All your sessions end when you do.'],
      button: 'Set a new password',
      after: ['The link works once and is good for 30 minutes.'],
    }),
    proof_code: ({ name, code }, v) => ({
      subject: 'Your code to continue',
      preheader: 'Good for 10 minutes.',
      greeting: hello(name, v),
      lines: ['Enter this code where Inlay asks for it:'],
      code,
      after: ['The code is good for 10 minutes. Nobody of Inlay will ever ask you for it.'],
    }),
    change_email: ({ name }, v) => ({
      subject: 'Confirm your new address',
      preheader: 'Press to use this address from now on.',
      greeting: hello(name, v),
      lines: ['Press the button to use this address for your Inlay account from now on. Your other sessions end when you do.'],
      button: 'Use this address',
      after: ['The link works once and is good for 24 hours.'],
    }),
    invitation: ({ organization, invitedBy, role, expiresAt }, v) => ({
      subject: `Invitation to ${v.name(organization)}`,
      preheader: `${v.name(invitedBy)} invites you to work together on Inlay.`,
      greeting: 'Hello,',
      lines: [`${v.name(invitedBy)} invites you to join ${v.name(organization)} on Inlay as ${ROLES[role] ?? role}.`],
      button: 'See the invitation',
      after: [`The invitation is good until ${v.instant(expiresAt)}.`],
    }),
    security_notice: ({ name, what, at, place, device }, v) => {
      const [subject, said, next] = NOTICES[what];
      return {
        subject,
        preheader: said,
        greeting: hello(name, v),
        lines: [said],
        facts: [
          ['When', v.instant(at)],
          ['Device', device],
          ['Place', place],
        ],
        button: 'Open my settings',
        after: [next],
      };
    },
    webhooks_off: ({ name, organization, host, reason }, v) => ({
      subject: `Webhooks to ${v.name(host)} are switched off`,
      preheader: 'Nothing is sent there until you switch them on again.',
      greeting: hello(name, v),
      lines: [
        reason === 'gone'
          ? `${v.name(host)} answered that it wants no more webhooks of ${v.name(organization)} (410), so we stopped sending.`
          : `${v.name(host)} has taken no webhook of ${v.name(organization)} for five days, so we stopped sending.`,
        'What was not delivered stays in the log for 30 days and can be sent again from there.',
      ],
      button: 'Open webhooks',
      after: [],
    }),
    approval_asked: ({ name, organization, launch, account, askedBy, amount, expiresAt }, v) => ({
      subject: `${v.name(launch)} waits for your approval`,
      preheader: `Up to ${amount} a day. Nothing is created or spends before you approve.`,
      greeting: hello(name, v),
      lines: [
        `${v.name(askedBy)} asks you to approve a launch of ${v.name(organization)}. Its budgets are above the amount for which two people have to agree, and you had no hand in the plan.`,
      ],
      facts: [
        ['Launch', v.name(launch)],
        ['Ad account', v.name(account)],
        ['Daily budgets together', amount],
      ],
      button: 'Look at the launch',
      after: [`The request is open until ${v.instant(expiresAt)}. You see the exact effect before you decide; a reason goes with a no.`],
    }),
    approval_decided: ({ name, launch, decidedBy, decision, reason }, v) => ({
      subject: decision === 'approved' ? `${v.name(launch)} is approved` : `${v.name(launch)} was not approved`,
      preheader: decision === 'approved' ? 'It is being created, paused.' : 'Nothing was created.',
      greeting: hello(name, v),
      lines: [
        decision === 'approved'
          ? `${v.name(decidedBy)} approved the launch ${v.name(launch)}. The approval can be used to switch it on for 24 hours.`
          : `${v.name(decidedBy)} did not approve the launch ${v.name(launch)}. It stays as it is.`,
      ],
      ...(reason === null ? {} : { facts: [['Reason', v.name(reason)]] as [string, string][] }),
      button: 'Open the launch',
      after: [],
    }),
    export_ready: ({ name, expiresAt }, v) => ({
      subject: 'Your copy of the data is ready',
      preheader: 'Download it within 24 hours.',
      greeting: hello(name, v),
      lines: ['The copy you asked for is ready: one file that people and machines can read.'],
      button: 'Go to the download',
      after: [`The file is deleted on ${v.instant(expiresAt)}. It holds personal data: keep it where only you can read it.`],
    }),
    customer_copy_ready: ({ name, organization, shop, expiresAt }, v) => ({
      subject: `A customer of ${v.name(shop)} asked for their data`,
      preheader: 'What Inlay holds about them is ready for you to hand on.',
      greeting: hello(name, v),
      lines: [
        `A customer of ${v.name(shop)} asked to see the data held about them. What Inlay holds for ${v.name(organization)} is ready as one file.`,
        'You are the one who answers the customer, as a rule within 30 days.',
      ],
      button: 'Go to the download',
      after: [`The file is deleted on ${v.instant(expiresAt)}. It holds personal data: give it to that customer only.`],
    }),
    weekly_digest: ({ name, organization, from, until, spend, revenue, roas, leads, launches }, v) => ({
      subject: `${v.name(organization)}: your week, ${from} – ${until}`,
      preheader: `Spend ${spend ?? '—'}, revenue ${revenue ?? '—'}`,
      greeting: hello(name, v),
      lines: [`The week of ${v.name(organization)}, ${from} – ${until}:`],
      facts: [
        ['Ad spend', spend],
        ['Revenue from ads', revenue],
        ['Return on ad spend', roas],
        ['Leads', v.number(leads)],
        ['Launches', v.number(launches)],
      ],
      button: 'Open the dashboard',
      after: ['“—” means that the figure is not known for the whole week; the dashboard says why.'],
    }),
  },
};
