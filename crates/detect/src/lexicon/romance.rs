//! French and Italian.

use super::{Marks, Order, Table};

pub(super) const FRENCH: Table = Table {
    language: "fr",
    order: Order::VerbFirst,
    words: &[
        (Marks::MATTER, "qu est ce qu un|qu est ce que c est|c est quoi un"),
        (
            Marks::WANT,
            "veux|voudrais|souhaite|souhaiterais|aimerais|besoin|ai besoin|exige|demande|prefere|prefererais|desire|voulons\
             |il me faut|il faut que je|cherche a|veut|faut|dois|je dois|tiens a|voulais|aurais besoin",
        ),
        (
            Marks::GIVE,
            "donnez moi|donne moi|passez moi|passe moi|trouvez moi|trouve moi|mettez moi|puis je avoir|je peux avoir|j aurais besoin d\
             |pourrais je avoir|appelez moi",
        ),
        (
            Marks::ABLE,
            "puis je|peux je|je peux|pourrais je|est il possible|c est possible|possible|comment|comment puis je|comment faire pour\
             |comment je peux|laissez moi|laisse moi|aidez moi a|aide moi a|j essaie de|essaie de|est ce que je peux|peut on|on peut\
             |pourrait on|ou puis je|moyen de|je ne peux pas|je n arrive pas a|arrive pas a|impossible de|de l aide pour|qui puis je",
        ),
        (
            Marks::REACH,
            "parler|discuter|contacter|joindre|echanger|dialoguer|converser|entrer en contact|communiquer|m adresser|chatter|tchatter\
             |etre mis en relation|etre mise en relation|etre en contact|etre mis en contact|etre en relation|voir avec|avoir au telephone\
             |etre transfere|etre aide par|contact|l aide|l aide d|un appel|etre rappele par|etre recontacte par|avoir affaire",
        ),
        (
            Marks::MOVE,
            "transferez moi|transfere moi|me transferer|passez moi|passe moi|me passer|mettez moi en relation|mets moi en relation\
             |me mettre en relation|me mettre en contact|mettez moi en contact|mets moi en contact|connectez moi|me connecter\
             |dirigez moi|redirigez moi|me rediriger|me diriger|orientez moi|m orienter|me passez|me passes|me transferez\
             |mise en relation|mettez moi|me mettez en relation|me mettez en contact|etre rediriger|etre redirige",
        ),
        (Marks::CARRY, "transferer|transfert|basculer|rediriger|passer"),
        (Marks::ESCALATE, "escalader|escalade|escaladez"),
        (
            Marks::PERSON,
            "humain|humaine|humains|etre humain|agent|agents|agent humain|agent reel|conseiller|conseillere|conseillers|operateur\
             |operatrice|representant|representante|superviseur|responsable|manager|gerant|directeur|chef|vraie personne\
             |vrai humain|personne reelle|personne humaine|service client|service clients|service clientele|service apres vente|sav\
             |technicien|interlocuteur|interlocuteur humain|commercial|quelqu un de reel|quelqu un de vrai|quelqu un de votre equipe\
             |quelqu un du service|membre de votre equipe|votre equipe|assistance humaine|collaborateur|collaboratrice|charge de clientele\
             |teleconseiller|teleconseillere|preposee|prepose|specialiste",
        ),
        (
            Marks::SOMEONE,
            "quelqu un|quelquun|personne|support|assistance|equipe|employe|employee|collegue|expert|gens\
             |quelqu un d autre|assistant|assistante|service|monsieur|dame",
        ),
        (
            Marks::BOT,
            "bot|robot|machine|chatbot|bots|robots|machines|ia|ordinateur|assistant virtuel|automate|programme",
        ),
        (
            Marks::NOT,
            "ne|n|pas|pas besoin|pas besoin d|jamais|sans|plus besoin|aucun besoin|inutile de|au lieu d|plutot que",
        ),
        (
            Marks::AVERSE,
            "marre|assez|deteste|stupide|inutile|nul|ras le bol|fatigue de|n aime pas|arretez|je hais|supporte pas",
        ),
        (Marks::SUBJECT.or(Marks::GAP), "je|j|nous|on"),
        (
            Marks::GAP,
            "a|avec|au|aux|un|une|le|la|les|l|d|de|des|du|me|m|moi|nous|vous|votre|vos|en|y|directement|par|pour|que|qu|vers|maintenant\
             |autre|bien|plutot|vraiment|s il|te|tu|ton|ta|pouvez vous|pouvez|peux tu|pourriez vous|pourriez|pourrais tu|etre|ce|cette\
             |putain de|foutu|aussi|encore|chez|ma demande|mon dossier|cas",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "s il vous plait|s il te plait|sil vous plait|svp|stp|bonjour|bonsoir|salut|oui|non|ok|merci|maintenant|tout de suite|un|une\
             |le|la|l|immediatement|urgent|vite|directement|d accord|alors|disponible|juste|pardon|desole|bien",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "vrai|vraie|reel|reelle|humain|humaine|veritable|vivant|vivante|en direct",
        ),
        (
            Marks::AFTER,
            "qui|pour|de|du|au|sur|en|parce|car|a|et|maintenant|concernant|directement|par|d|chez|s|svp|stp|aujourd|demain|rapidement\
             |urgent|est|ou|si|disponible|avec|plutot|dans|je|pas|afin|des|que|m|s il vous plait|s il te plait|vite|humain|reel",
        ),
        (Marks::EXIST, "y a t il|il y a|est ce qu il y a|avez vous|vous avez|y aurait il|existe t il|as tu|y a"),
        (Marks::HELP, "aider|aide|m aider|assister|m assister|resoudre|m aide|regarder"),
        (
            Marks::CALL,
            "me rappeler|m appeler|me rappelle|m appelle|me contacter|me contacte|me repondre|me recontacter|me parler",
        ),
        (Marks::CAN, "peut|pourrait|est ce que|que"),
        (
            Marks::OTHER,
            "mon|ma|mes|si je|si j|dois je|devrais je|faut il|est ce que je dois|es tu|etes vous|vous etes|tu es|suis je\
             |est ce que je parle|est ce que je suis|est ce que tu es|est ce que vous etes|agent de voyage|agent de voyages|agent immobilier|agence\
             |ressources humaines|droits de l homme|erreur humaine|pret personnel|donnees personnelles|hier|semaine derniere\
             |mois dernier|m a dit|a dit|m avait|deja parle|parle de|parler de|argent|fichier|wifi|je suis un|je suis une|ami|amie|mari\
             |femme|fils|fille|mere|pere|par personne|quelqu un m a|quelqu un a dit|quelqu un a fait|quelqu un a pris|quelqu un a utilise|personne n|personne ne|autre compte|une personne de plus|il|elle|ils|elles",
        ),
        (Marks::BREAK, "mais|parce que|car|donc|alors que|sauf|sinon"),
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "s il vous plait|s il te plait|sil vous plait|svp|stp|bonjour|bonsoir|salut|oui|ok|merci|merci beaucoup|maintenant|tout de suite|immediatement|urgent|vite|d accord|alors|pardon|desole|desolee|excusez moi|excuse moi|bon|des que possible|rapidement|au plus vite",
        ),
        (Marks::ASIDE.or(Marks::NOT), "non|non merci"),
        (Marks::ONE.or(Marks::SOMEONE), "une personne|une autre personne"),
        (Marks::SOMEONE, "qqn|qq un|quelqu"),
        (Marks::REACH, "appeler|telephoner|traiter avec"),
        (Marks::EXIST, "ou est|ou sont|ou trouver|est ce qu il y a|y a t il"),
        (Marks::BARE, "avec|a|ici|la|d"),
        (Marks::PERSON, "aide humaine|l aide humaine|aide d un humain"),
        (Marks::CALL, "me rappeler|m appeler|peut me rappeler"),
        (Marks::HELP, "m aider|me aider|m assister"),
        (Marks::CAN, "peut il|peut elle|pourrait il|pourrait|est ce qu|peuvent"),
        (
            Marks::MATTER,
            "mes clients|mes utilisateurs|les clients|les utilisateurs|horaires|a quelle heure|combien d|combien de|comment fonctionne|que voit|se passe t il|configurer|ajouter|supprimer",
        ),
        (
            Marks::ABLE.or(Marks::SOMEONE),
            "a qui puis je|a qui je peux|avec qui puis je|a qui peut on|a qui dois je|qui puis je",
        ),
        (Marks::REACH, "l aide d|l aide de|aide d|aide de|parlez|m adresser"),
        (Marks::CALL, "repond|me repond"),
        (
            Marks::RING.or(Marks::CALL),
            "etre rappele|etre rappelee|me rappeler|rappelez moi|rappelle moi|appelez moi|m appeler|rappel telephonique",
        ),
        (Marks::MATTER, "personne de contact|qu est ce qu un|qu est ce qu une|que se passe t il si"),
    ],
};

pub(super) const ITALIAN: Table = Table {
    language: "it",
    order: Order::VerbFirst,
    words: &[
        (
            Marks::WANT,
            "voglio|vorrei|desidero|preferisco|preferirei|ho bisogno|mi serve|necessito|esigo|pretendo|chiedo|gradirei|devo|vogliamo\
             |vorremmo|mi piacerebbe|avrei bisogno|bisogno|ho necessita|cerco|mi servirebbe|volevo",
        ),
        (
            Marks::GIVE,
            "dammi|mi dai|mi dia|datemi|passami|mi passi|trovami|chiamami|posso avere|potrei avere|fammi avere|mandami",
        ),
        (
            Marks::ABLE,
            "posso|potrei|possiamo|come posso|come faccio a|come si fa a|come|è possibile|sarebbe possibile|si puo|fammi|fatemi|mi faccia\
             |lasciami|aiutami a|aiuto per|aiuto a|cerco di|sto cercando di|non riesco a|riesco a|non posso|c è modo di|dove posso|con chi posso",
        ),
        (
            Marks::REACH,
            "parlare|parlarne|parlo|chattare|contattare|comunicare|discutere|dialogare|sentire|mettermi in contatto|entrare in contatto\
             |conversare|essere contattato da|essere messo in contatto|una chiamata|interagire|confrontarmi|assistenza da|essere assistito da",
        ),
        (
            Marks::MOVE,
            "passami|mi passi|mi passa|passarmi|mi puo passare|mi puoi passare|puoi passarmi|puo passarmi|trasferiscimi|mi trasferisci|mi trasferisca\
             |trasferirmi|mettimi in contatto|mi metti in contatto|mi metta in contatto|mettermi in contatto|mi puoi mettere in contatto\
             |mi puo mettere in contatto|collegami|mi colleghi|collegarmi|mi collega|connettimi|mi connetti|connettermi|fammi parlare|mi fai parlare\
             |mi faccia parlare|fatemi parlare|mi fate parlare|farmi parlare|inoltrami|reindirizzami|indirizzami|mi passate|passatemi|mi metti",
        ),
        (Marks::CARRY, "trasferire|trasferisci|passare|collegare|connettere"),
        (Marks::ESCALATE, "escalation|fare escalation|escalare"),
        (
            Marks::PERSON,
            "umano|umana|umani|essere umano|operatore|operatrice|operatori|operatore umano|agente|agenti|agente umano|consulente|rappresentante\
             |addetto|addetta|responsabile|supervisore|direttore|capo|manager|persona vera|persona reale|persona umana|persone vere\
             |persona in carne e ossa|servizio clienti|assistenza clienti|assistenza umana|supporto umano|tecnico|impiegato|incaricato|addetto al servizio\
             |qualcuno di reale|qualcuno di vero|qualcuno del vostro team|qualcuno del team|specialista|un vostro collega",
        ),
        (
            Marks::SOMEONE,
            "qualcuno|persona|assistenza|supporto|team|dipendente|collega|esperto|gente|personale|qualcun altro|assistente|staff",
        ),
        (Marks::BOT, "bot|robot|macchina|chatbot|macchine|ia|computer|assistente virtuale|risponditore|programma"),
        (Marks::NOT, "non|senza|mai|non serve|non c è bisogno|nessun bisogno|invece di|ne"),
        (Marks::AVERSE, "odio|stufo di|stufa di|stanco di|basta|stupido|inutile|non mi piace|detesto|non sopporto"),
        (Marks::SUBJECT.or(Marks::GAP), "io|noi"),
        (
            Marks::GAP,
            "con|a|ad|al|alla|ai|agli|il|lo|la|l|i|gli|le|un|uno|una|di|del|dell|della|dal|da|dalla|per|che|mi|ci|vi|vostro|vostra|tuo|tua|suo|sua|in|ora\
             |adesso|subito|direttamente|altro|altra|questo|questa|puoi|puo|potete|potresti|potrebbe|essere|cazzo di|maledetto|dannato|qualche|anche",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "per favore|perfavore|per piacere|per cortesia|pf|ciao|salve|buongiorno|buonasera|si|no|ok|grazie|ora|adesso|subito|un|uno|una|l|il|lo\
             |immediatamente|urgente|scusa|scusi|disponibile|solo|direttamente|allora",
        ),
        (Marks::FIRM.or(Marks::GAP).or(Marks::BARE), "vero|vera|reale|reali|umano|umana|in carne e ossa|vivo|viva"),
        (
            Marks::AFTER,
            "che|per|di|del|dell|della|su|sul|in|perche|e|ora|adesso|subito|con|riguardo|oggi|domani|urgente|urgentemente|disponibile|non|mi|a|al|come\
             |chi|ma|o|qui|da|quando|per favore|il|invece|in merito",
        ),
        (Marks::EXIST, "c è|ci sono|avete|hai|esiste|ce|c e|è disponibile"),
        (Marks::HELP, "aiutarmi|aiuti|mi aiuti|aiutare|mi assista|assistermi|risolvere|risolva|mi possa aiutare"),
        (Marks::CALL, "mi chiami|chiamarmi|mi richiami|richiamarmi|mi contatti|contattarmi|mi risponda|parli con me"),
        (Marks::CAN, "puo|potrebbe|possono|che"),
        (
            Marks::OTHER,
            "mio|mia|miei|mie|se voglio|se devo|devo per forza|dovrei|sei un|sei una|è lei|sei tu|sto parlando|ho gia parlato|ho parlato|ha detto|mi ha\
             |ieri|settimana scorsa|mese scorso|agente di viaggio|agente immobiliare|risorse umane|diritti umani|errore umano|prestito personale|dati personali\
             |denaro|soldi|file|wifi|parlare di|sono un|sono una|amico|amica|marito|moglie|figlio|figlia|madre|padre|un altra persona|a persona\
             |una persona in piu|lui|lei|loro|parlare del|parlare della",
        ),
        (Marks::BREAK, "ma|perche|pero|quindi|altrimenti|invece"),
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "per favore|perfavore|per piacere|per cortesia|pf|ciao|salve|buongiorno|buonasera|si|ok|va bene|grazie|grazie mille|ora|adesso|subito|immediatamente|urgente|scusa|scusi|allora|senta|senti|il prima possibile|di nuovo",
        ),
        (Marks::ASIDE.or(Marks::NOT), "no"),
        (Marks::ONE.or(Marks::SOMEONE), "persona|una persona"),
        (Marks::ABLE.or(Marks::REACH), "come parlo|con chi parlo|come contatto|come chiamo|dove trovo"),
        (Marks::REACH, "parla|chiamare|essere richiamato da|essere chiamato da|essere ricontattato da|telefonare"),
        (Marks::EXIST, "dov e|dove e|dove sono|c e|c e un|c e una"),
        (Marks::BARE, "con|qui|qualche|di"),
        (Marks::CALL, "chiamarmi|mi chiamare|mi puo chiamare|richiamarmi|chiamare|ricontattarmi"),
        (Marks::HELP, "aiutarmi|mi aiuta|aiutare"),
        (Marks::CAN, "puo|mi puo|potrebbe"),
        (
            Marks::MATTER,
            "i miei clienti|miei clienti|i clienti|miei utenti|gli utenti|orari|orario|a che ora|quanti|quante|come funziona|cosa vede|cosa succede|configurare|aggiungo|aggiungere|rimuovere",
        ),
        (Marks::ABLE.or(Marks::SOMEONE), "con chi posso|con chi potrei|a chi posso|a chi devo"),
        (Marks::REACH, "aiuto da|aiuto di|rivolgermi"),
        (Marks::CALL, "mi risponde|mi chiama"),
        (
            Marks::RING.or(Marks::CALL),
            "essere richiamato|essere richiamata|essere chiamato|richiamatemi|chiamatemi|mi richiami|mi richiamate|mi chiami|mi chiamate",
        ),
        (Marks::MATTER, "persona di contatto|cos è un|cosa è un|che cos è|cosa succede se"),
    ],
};
