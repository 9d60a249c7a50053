//! Spanish and Portuguese.

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
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "por favor|porfavor|porfa|porfis|xfa|favor|hola|buenas|buenos dias|buenas tardes|buenas noches|si|ok|okey|vale|bueno|ahora|ahora mismo|ya|gracias|muchas gracias|inmediatamente|urgente|pues|oye|oiga|perdon|perdone|disculpa|disculpe|entonces|lo antes posible|cuanto antes|rapido|de nuevo|otra vez|mira",
        ),
        (Marks::ASIDE.or(Marks::NOT), "no"),
        (Marks::ONE.or(Marks::SOMEONE), "persona|alguna persona"),
        (Marks::ABLE.or(Marks::REACH), "como hablo|con quien hablo|como contacto|como me comunico|como llamo"),
        (Marks::REACH, "llamar|llamar a|tratar con"),
        (Marks::EXIST, "donde hay|donde esta|donde estan|hay algun|hay alguna"),
        (Marks::BARE, "con|aqui|ahi|alli|alguna|algun"),
        (Marks::CALL, "llamarme|contactarme|llamar"),
        (Marks::HELP, "ayudarme|atenderme|me ayuda"),
        (Marks::CAN, "puedes|podrian|podrias"),
        (Marks::GIVE, "llama a|llame a|que venga|traeme|busca a|busqueme"),
        (
            Marks::MATTER,
            "mis clientes|mis usuarios|los clientes|los usuarios|horario|horarios|a que hora|cuantos|cuantas|como funciona|como se activa|que ve|que pasa cuando|configurar|configuro|agregar|agrego|añadir|añado|quitar|eliminar",
        ),
        (Marks::ABLE.or(Marks::SOMEONE), "con quien puedo|a quien puedo|con quien podria"),
        (Marks::REACH, "ayuda de|ayuda por parte de"),
        (Marks::PERSON, "ayuda humana"),
        (Marks::CALL, "me atiende|me llama|me contesta"),
        (
            Marks::RING.or(Marks::CALL),
            "que me llamen|me llamen|llamame|llameme|llamenme|que me llame|devolverme la llamada|me pueden llamar|me puede llamar usted",
        ),
        (Marks::MATTER, "persona de contacto|que es un|que es una|si necesito|que pasa si"),
        (Marks::REACH, "hablo con una persona|mejor hablo"),
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
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "por favor|porfavor|pfv|pf|favor|ola|oi|bom dia|boa tarde|boa noite|sim|ok|ta bom|agora|agora mesmo|ja|obrigado|obrigada|muito obrigado|urgente|imediatamente|desculpa|desculpe|entao|logo|olha|com licença|rapido|o mais rapido possivel|de novo",
        ),
        (Marks::ASIDE.or(Marks::NOT), "não|nao"),
        (Marks::ONE.or(Marks::SOMEONE), "pessoa|alguma pessoa"),
        (Marks::ABLE.or(Marks::REACH), "como falo|com quem falo|como contato|como contacto|como ligo"),
        (Marks::REACH, "ligar|ligar para|ligar pro|lidar com"),
        (Marks::EXIST, "onde esta|onde ha|onde tem|cade"),
        (Marks::BARE, "com|ai|aqui|alguma|algum"),
        (Marks::PERSON, "serviço de apoio ao cliente|apoio ao cliente"),
        (Marks::CALL, "me ligar|ligar me|ligar para mim|contactar me|retornar"),
        (Marks::HELP, "ajudar me|me ajuda"),
        (Marks::CAN, "consegue|poderiam"),
        (
            Marks::MATTER,
            "meus clientes|meus usuarios|os clientes|os usuarios|horario|horarios|a que horas|quantos|quantas|como funciona|que o agente ve|agente ve|o que acontece|configurar|configuro|adicionar|adiciono|remover",
        ),
        (Marks::ABLE.or(Marks::SOMEONE), "com quem posso|com quem eu posso|com quem poderia|a quem posso"),
        (Marks::REACH, "ajuda de"),
        (Marks::PERSON, "ajuda humana"),
        (Marks::CALL, "me atende|me liga"),
        (
            Marks::RING.or(Marks::CALL),
            "me liga|me ligue|me liguem|ligue me|liguem me|me retornem|retorne a ligação|me ligar de volta",
        ),
        (Marks::MATTER, "pessoa de contato|pessoa de contacto|o que é um|o que e um|se eu precisar|o que acontece se"),
    ],
};
