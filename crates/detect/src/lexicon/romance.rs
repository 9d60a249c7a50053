//! Spanish, French, Portuguese and Italian.

use super::{Marks, Order, Table};

pub(super) const SPANISH: Table = Table {
    language: "es",
    order: Order::VerbFirst,
    words: &[
        (
            Marks::WANT,
            "quiero|quisiera|queria|necesito|me gustaria|deseo|prefiero|preferiria|exijo|pido|requiero|busco|solicito\
             |queremos|necesitamos|ocupo|tengo que|necesitaria|querria|quiero que|solicitar|me urge",
        ),
        (
            Marks::GIVE,
            "dame|deme|me das|me da|dennos|consigueme|quiero que me atienda|que me atienda|que me llame|mandame|me mandas\
             |ponme|me pones|me ponen|quiero ser atendido por",
        ),
        (
            Marks::ABLE,
            "puedo|podria|podriamos|podemos|como puedo|como hago para|como|se puede|es posible|seria posible|hay forma de\
             |hay manera de|dejame|dejeme|permiteme|permitame|ayudame a|ayuda para|intento|estoy intentando|trato de|no puedo\
             |donde puedo|con quien puedo|logro|no logro|ayuda|ayudenme a|hay alguna forma de|quien me puede",
        ),
        (
            Marks::REACH,
            "hablar|hablarle|conversar|chatear|contactar|contactarme|comunicarme|comunicarse|comunicar|ponerme en contacto\
             |platicar|charlar|dialogar|tratar|una llamada|localizar|contacto|ser atendido por|ser atendida por|que me atienda\
             |atencion de|hablo|hablamos|comunico",
        ),
        (
            Marks::MOVE,
            "pasame|paseme|pasarme|me pasas|me pasa|me pueden pasar|me puede pasar|me podrias pasar|me puedes pasar|comunicame\
             |comuniqueme|me comunicas|me comunica|me puedes comunicar|me puede comunicar|me pueden comunicar|me podria comunicar\
             |conectame|conecteme|conectarme|me conectas|me conecta|me puede conectar|me puedes conectar|transfiereme\
             |transfierame|transferirme|transferidme|me transfieres|me transfiere|me puede transferir|me puedes transferir\
             |me podria transferir|me podrias transferir|me pueden transferir|derivame|deriveme|derivarme|me derivas\
             |me puedes derivar|me puede derivar|me pongas|ponme en contacto|ponme|pongame|pongame en contacto|me pones en contacto\
             |me pueden poner|me puede poner|me puedes poner en contacto|me pone|comuniquenme|pasenme|redirigeme|remiteme\
             |me comuniques|me comuniquen|me transfieran|me conecten|me conectes|me pases|me pase|me pasen|me derive|me deriven|me derives|que me pases|que me pase|que me transfieran|que me comuniquen|que me atienda|que me contacte|que me llame|que me conteste\
             |enlazame|me enlazas",
        ),
        (Marks::CARRY, "transferir|pasar|conectar|derivar|transfiere|pasa"),
        (Marks::ESCALATE, "escalar|escala|escalen|escalar mi caso|escale|escalarlo"),
        (
            Marks::PERSON,
            "humano|humana|humanos|ser humano|agente humano|persona humana|agente|agentes|asesor|asesora|asesores|operador\
             |operadora|representante|representantes|ejecutivo|ejecutiva|supervisor|supervisora|encargado|encargada|gerente\
             |jefe|jefa|tu jefe|su jefe|responsable|persona real|persona de verdad|persona de carne y hueso|personas reales\
             |atencion al cliente|servicio al cliente|servicio de atencion al cliente|soporte humano|agente real|agente en vivo\
             |asistencia humana|atencion humana|un compañero|una compañera|teleoperador|teleoperadora|alguien real|alguien de verdad\
             |alguien humano|alguien de tu equipo|alguien de su equipo|alguien del equipo|atencion personalizada|comercial\
             |tecnico|especialista|consultor|asesoria humana|persona fisica|operario",
        ),
        (
            Marks::SOMEONE,
            "alguien|persona|soporte|soporte tecnico|equipo|empleado|empleada|colega|compañero|trabajador|experto\
             |alguna persona|señorita|gente|vendedor|ayuda humana|personal",
        ),
        (
            Marks::BOT,
            "bot|robot|maquina|chatbot|bots|robots|maquinas|contestadora|asistente virtual|ia|computadora|programa",
        ),
        (Marks::NOT, "no|sin|nunca|tampoco|ya no|no hace falta|sin necesidad de|en vez de|ni"),
        (
            Marks::AVERSE,
            "odio|harto de|harta de|cansado de|cansada de|estupido|inutil|basta de|no me gusta|detesto|no soporto",
        ),
        (Marks::SUBJECT.or(Marks::GAP), "yo|nosotros"),
        (
            Marks::GAP,
            "con|a|al|el|la|los|las|un|una|uno|algun|alguno|alguna|de|del|por|para|que|me|nos|le|su|sus|tu|tus|en|directamente\
             |ahora|ya|mejor|otro|otra|favor|esto|este|esta|mi caso|puedes|puede|pueden|podria|podrias|podrian|otra vez|puta\
             |puto|maldito|maldita|pinche|ser|usted|ustedes|se|lo|poder",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "por favor|porfavor|porfa|porfis|xfa|favor|hola|buenas|buenos dias|buenas tardes|buenas noches|si|no|ok|vale|ahora\
             |ahora mismo|ya|gracias|un|una|el|la|inmediatamente|urgente|pues|oye|oiga|perdon|disculpa|disculpe|solo|directamente\
             |disponible|mejor|entonces",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "real|reales|de verdad|verdadero|verdadera|humano|humana|en vivo|vivo|viva",
        ),
        (
            Marks::AFTER,
            "que|para|de|del|por|sobre|en|porque|y|acerca|ahora|ya|con|lo|cuanto|hoy|mañana|directamente|urgente|urgentemente\
             |disponible|no|si|me|a|como|real|pero|o|quien|mejor|antes|por favor|aqui|rapido|se|cuando",
        ),
        (Marks::EXIST, "hay|tienen|tienes|tiene|existe|habra|esta|hay alguna|hay algun"),
        (
            Marks::HELP,
            "ayude|ayudar|ayudarme|ayuden|atienda|atender|atenderme|asista|resuelva|que me ayude|me ayude|que me atienda",
        ),
        (
            Marks::CALL,
            "me llame|llamarme|me llamen|me contacte|me contacten|contactarme|me atienda|me responda|hable conmigo",
        ),
        (Marks::CAN, "puede|podria|pueden|quiero que|necesito que|que"),
        (
            Marks::OTHER,
            "mi|mis|si quiero|si necesito|debo|deberia|tengo que hablar yo|eres|es usted|usted es|estoy hablando|hablo con|tu eres\
             |agente de viajes|agente inmobiliario|agentes inmobiliarios|recursos humanos|recurso humano|derechos humanos\
             |error humano|agente de seguros|agente comercial|prestamo personal|datos personales|cuenta personal|me dijo|dijo\
             |dijeron|ayer|semana pasada|mes pasado|ya hable|hace dias|no tengo que|hablar de|hablar sobre|tarjeta|dinero|archivo\
             |archivos|wifi|tengo que|soy|somos|amigo|amiga|esposo|esposa|hijo|hija|madre|padre|otra persona|por persona|tercera persona\
             |una persona mas|otra cuenta|numero de agente",
        ),
        (Marks::BREAK, "pero|porque|sino|aunque|asi que|entonces"),
    ],
};

pub(super) const FRENCH: Table = Table {
    language: "fr",
    order: Order::VerbFirst,
    words: &[
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
             |femme|fils|fille|mere|pere|par personne|quelqu un a|personne n|personne ne|autre compte|une personne de plus|il|elle|ils|elles",
        ),
        (Marks::BREAK, "mais|parce que|car|donc|alors que|sauf|sinon"),
    ],
};

pub(super) const PORTUGUESE: Table = Table {
    language: "pt",
    order: Order::VerbFirst,
    words: &[
        (
            Marks::WANT,
            "quero|queria|preciso|gostaria|desejo|prefiro|exijo|necessito|queremos|precisamos|peço|solicito|quero que|tenho que\
             |tenho de|gostava de|adoraria|procuro|precisava",
        ),
        (
            Marks::GIVE,
            "me da|me dê|dê me|me arranja|me arruma|arranje me|me consegue|me chama|chama|chame|quero ser atendido por|me ve",
        ),
        (
            Marks::ABLE,
            "posso|poderia|podia|como posso|como faço para|como faço pra|como|é possivel|seria possivel|tem como|da para|da pra|deixa eu\
             |deixe me|me deixa|me ajuda a|me ajude a|ajuda para|ajuda pra|tento|estou tentando|não consigo|nao consigo|consigo|não posso\
             |podemos|onde posso|com quem posso|tem jeito de|ha forma de|ha maneira de|teria como",
        ),
        (
            Marks::REACH,
            "falar|conversar|contatar|contactar|contato|contacto|entrar em contato|entrar em contacto|comunicar|bater um papo|tratar\
             |ser atendido por|ser atendida por|atendimento|dialogar|falo|ligar|uma ligação|uma chamada",
        ),
        (
            Marks::MOVE,
            "me passa|me passe|passe me|passar me|me passar|pode me passar|me transfere|me transfira|transfira me|transferir me|me transferir\
             |pode me transferir|me conecta|me conecte|conecte me|me conectar|me coloca|me coloque|me colocar|me encaminha|me encaminhe\
             |encaminhe me|me encaminhar|ponha me|me direciona|me direcione|me direcionar|ligue me|me liga|me ligue|passa me|me poe\
             |me ponha|me ponha em contato|coloca me|me redireciona|transfere me|passem me",
        ),
        (Marks::CARRY, "transferir|transfere|transfira|passar|conectar|encaminhar|encaminha"),
        (Marks::ESCALATE, "escalar|escale|escalonar"),
        (
            Marks::PERSON,
            "humano|humana|humanos|ser humano|agente|agentes|agente humano|atendente|atendentes|atendente humano|operador|operadora\
             |representante|supervisor|supervisora|gerente|chefe|responsavel|assistente humano|pessoa real|pessoa de verdade|pessoas reais\
             |pessoa humana|atendimento humano|atendimento ao cliente|apoio ao cliente|serviço ao cliente|sac|suporte humano|tecnico\
             |funcionario|funcionaria|consultor|consultora|alguem real|alguem de verdade|alguem da equipe|alguem da sua equipe\
             |alguem da equipa|colaborador|colaboradora|especialista|assessor|encarregado",
        ),
        (
            Marks::SOMEONE,
            "alguem|pessoa|suporte|equipe|equipa|empregado|gente|atendimento|alguma pessoa|moça|moço|vendedor|apoio|assistente",
        ),
        (Marks::BOT, "bot|robo|robot|maquina|chatbot|bots|robos|maquinas|ia|computador|assistente virtual|programa"),
        (Marks::NOT, "não|nao|sem|nunca|nem|não precisa|em vez de|ao inves de"),
        (
            Marks::AVERSE,
            "odeio|cansado de|cansada de|farto de|farta de|chega de|estupido|inutil|não gosto|detesto|não aguento",
        ),
        (Marks::SUBJECT.or(Marks::GAP), "eu|nos"),
        (
            Marks::GAP,
            "com|a|ao|o|os|as|um|uma|uns|algum|alguma|de|do|da|dos|das|por|para|pra|pro|pras|pros|que|me|meu caso|seu|sua|em|no|na|agora\
             |direto|diretamente|outro|outra|logo|ja|isso|este|esta|voce|voces|pode|poderia|podem|consegue|ser|te|lhe|poder|porra de\
             |maldito|maldita|favor|merda de",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "por favor|porfavor|pfv|pf|favor|ola|oi|bom dia|boa tarde|boa noite|sim|não|nao|ok|agora|agora mesmo|ja|obrigado|obrigada|um|uma\
             |o|a|urgente|imediatamente|so|diretamente|disponivel|desculpa|desculpe|entao|logo",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "real|reais|de verdade|verdadeiro|verdadeira|humano|humana|ao vivo|vivo",
        ),
        (
            Marks::AFTER,
            "que|para|pra|de|do|da|por|sobre|em|no|na|porque|pois|e|agora|ja|com|hoje|amanha|urgente|urgentemente|disponivel|não|se|me|a|ao\
             |como|quem|mas|ou|aqui|rapido|o|quando|por favor",
        ),
        (Marks::EXIST, "tem|ha|existe|voces tem|tem algum|tem alguma|ha algum|ha alguma"),
        (Marks::HELP, "ajudar|me ajudar|ajude|me ajude|atender|me atender|me atenda|resolver|resolva|auxiliar"),
        (
            Marks::CALL,
            "me ligar|me ligue|ligue me|me contate|me contactar|me contatar|me responda|fale comigo|falar comigo|me atenda",
        ),
        (Marks::CAN, "pode|poderia|podem|que|quero que"),
        (
            Marks::OTHER,
            "meu|minha|meus|minhas|se eu|devo|deveria|preciso mesmo|voce é|voce e|é voce|tu és|estou falando|estou a falar|ja falei|falei\
             |disse|disseram|ontem|semana passada|mes passado|agente de viagens|agente imobiliario|recursos humanos|recurso humano|direitos humanos\
             |erro humano|emprestimo pessoal|dados pessoais|conta pessoal|dinheiro|arquivo|wifi|falar de|falar sobre|sou|amigo|amiga|marido\
             |esposa|filho|filha|mãe|pai|mais uma pessoa|outra pessoa|por pessoa|outra conta|ele|ela|eles|elas",
        ),
        (Marks::BREAK, "mas|porque|pois|porem|senão|entao"),
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
    ],
};
