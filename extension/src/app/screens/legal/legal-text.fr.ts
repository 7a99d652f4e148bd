import type { LegalText } from './legal-text.ts';

export const legalText: LegalText = {
  templateNote:
    'Ceci est un modèle. L’exploitant de cette installation complète les mots entre crochets et fait vérifier le texte par un juriste avant que quiconque s’y fie.',
  version: (version) => `Version ${version}`,
  back: 'Retour à Inlay',
  terms: {
    title: 'Conditions d’utilisation',
    sections: [
      {
        heading: 'Qui propose ce service',
        paragraphs: [
          '[Nom, forme juridique et adresse de l’exploitant], immatriculé au [registre et numéro], joignable à [adresse e-mail].',
        ],
      },
      {
        heading: 'Ce que fait le service',
        paragraphs: [
          'Inlay affiche des chiffres et des outils dans les pages des plateformes publicitaires, de vente et de relation client, lance les publicités que vous approuvez et calcule ce qu’elles ont rapporté.',
          'Les chiffres sont calculés à partir de ce que les plateformes nous communiquent. Les estimations sont signalées ; ce qui n’est pas connu est affiché « — ».',
        ],
      },
      {
        heading: 'Votre compte',
        paragraphs: [
          'Vous donnez des informations exactes, gardez pour vous votre moyen de connexion et nous prévenez aussitôt si quelqu’un d’autre peut l’avoir.',
          'Une organisation appartient à ses propriétaires. Ils décident de qui la rejoint, de ce que chaque membre peut y faire et de sa suppression.',
        ],
      },
      {
        heading: 'Dépenses publicitaires',
        paragraphs: [
          'Rien de ce qui peut dépenser de l’argent n’est activé avant qu’un membre habilité l’ait approuvé, budget quotidien compris. Le contrat publicitaire lie la plateforme et vous.',
        ],
      },
      {
        heading: 'Ce qui n’est pas permis',
        paragraphs: [
          'Vous n’utilisez pas le service contre la loi ni contre les règles des plateformes que vous connectez, ne cherchez pas à atteindre les données d’autrui et ne le surchargez pas.',
        ],
      },
      { heading: 'Prix et paiement', paragraphs: ['[Prix, taxes, période de facturation et conséquences d’un paiement refusé.]'] },
      {
        heading: 'Disponibilité et modifications',
        paragraphs: ['[Disponibilité promise, annonce des maintenances, information sur les modifications des présentes conditions.]'],
      },
      { heading: 'Responsabilité', paragraphs: ['[Étendue et limites de la responsabilité selon le droit applicable.]'] },
      {
        heading: 'Fin du contrat',
        paragraphs: [
          'Vous pouvez supprimer votre compte ou votre organisation à tout moment dans les réglages. La suppression est définitive après sept jours ; d’ici là, vous pouvez prendre une copie de tout. [Délais de préavis de l’exploitant.]',
        ],
      },
      { heading: 'Droit applicable et litiges', paragraphs: ['[Droit applicable, juridiction compétente et organes de médiation.]'] },
    ],
  },
  privacy: {
    title: 'Politique de confidentialité',
    sections: [
      {
        heading: 'Responsable du traitement',
        paragraphs: [
          '[Nom et adresse du responsable ; représentant et délégué à la protection des données, avec leurs adresses, s’il y en a.]',
        ],
      },
      {
        heading: 'Ce que nous conservons sur vous en tant qu’utilisateur',
        paragraphs: [
          'Nom, adresse e-mail, langue, une empreinte de votre mot de passe si vous en avez un et vos moyens de connexion ; vos sessions avec l’appareil, le navigateur et le lieu approximatif ; ce que vous avez fait, dans le journal d’audit de votre organisation.',
          'Nous en avons besoin pour vous fournir le service et le sécuriser (contrat et intérêt légitime : [base juridique à vérifier]).',
        ],
      },
      {
        heading: 'Ce que nous conservons pour le compte des organisations',
        paragraphs: [
          'Les réponses aux formulaires, commandes et clics qu’une organisation connecte. L’organisation est responsable de ces données et nous les traitons pour elle [selon l’accord de sous-traitance : lien]. Les adresses et numéros de téléphone des acheteurs ne sont conservés que sous forme d’empreintes à clé ; les réponses aux formulaires sont chiffrées.',
        ],
      },
      {
        heading: 'Cookies',
        paragraphs: [
          'Nous ne déposons aucun cookie de mesure ni de publicité. Un cookie vous garde connecté après votre connexion, un autre vit un jour pendant que vous ouvrez un compte, un troisième dix minutes pendant que vous connectez une plateforme ; tous trois sont nécessaires et personne d’autre ne les lit.',
        ],
      },
      {
        heading: 'Destinataires',
        paragraphs: [
          '[Hébergement, base de données, courrier et autres sous-traitants, avec le lieu et les garanties pour les transferts.] Les plateformes que vous connectez reçoivent ce que vous nous demandez d’y faire.',
        ],
      },
      {
        heading: 'Durées de conservation',
        paragraphs: [
          'Sessions : 90 jours après leur fin. Messages envoyés : 90 jours, leur adresse et leur contenu seulement jusqu’à l’envoi. Messages bruts des plateformes : 90 jours. Copies que vous demandez : 24 heures. Tout le reste jusqu’à la suppression du compte ou de l’organisation, puis au plus [durée] dans les sauvegardes.',
        ],
      },
      {
        heading: 'Vos droits',
        paragraphs: [
          'Vous pouvez prendre une copie de vos données et supprimer votre compte dans les réglages. Vous pouvez nous demander l’accès, la rectification, l’effacement, la limitation et la portabilité, vous opposer au traitement et saisir [l’autorité de contrôle].',
          'Si vous avez demandé à Meta de faire supprimer vos données, l’adresse qui vous a été donnée indique où en est la demande.',
        ],
      },
    ],
  },
  deletion: {
    title: 'Suppression de vos données',
    received: (day) => `Votre demande est arrivée le ${day} et est en cours de traitement.`,
    done: (day) => `Vos données ont été supprimées le ${day}.`,
    unknown: 'Il n’y a pas de suppression avec ce code. Vérifiez l’adresse qui vous a été donnée.',
    what: 'Ce qui est supprimé : l’accès que vous avez donné à Inlay sur votre compte de la plateforme, votre nom là-bas et votre numéro.',
  },
};
