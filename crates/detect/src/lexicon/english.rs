//! English.

use super::{Marks, Order, Table};

pub(super) const ENGLISH: Table = Table {
    language: "en",
    order: Order::Fixed,
    words: &[
        (
            Marks::WANT,
            "want|wants to|wanna|wanting|need|needed|id like|i would like|we would like|would like|would love|id love\
             |would rather|id rather|rather|prefer|id prefer|would prefer|wish|like to|have to|got to|gotta|must|require\
             |demand|insist on|asking for|asking to|ask for|looking for|looking to|request for|requests for|need to|want to|have got to|desire\
             |request|requesting|hoping to|i request|only want|im asking for|am asking for|waiting for|waiting to",
        ),
        (
            Marks::GIVE,
            "give me|gimme|get me|get|give|can i have|could i have|may i have|can i get|could i get|can we get|bring me\
             |bring|find me|send me|let me have|assign me|can you get|could you get|provide me with|hook me up with\
             |can i please have|can i please get|bring in|loop in|involve",
        ),
        (
            Marks::ABLE,
            "can i|could i|may i|can we|could we|might i|cant i|cannot i|can i please|let me|lemme|help me|help us|help\
             |helping|assistance|assist me|assist|how to|how do i|how do we|how can i|how could i|how can we|how would i\
             |how may i|how should i|how i can|how i could|how i|how do you|is it possible to|it is possible to|possible to\
             |is it possible that i|would it be possible to|is there a way to|is there any way to|any way to|a way to|way to\
             |any chance to|any chance i can|chance to|trying to|try to|tryna|attempting to|where can i|where do i|when can i\
             |where could i|who can i|who do i|who could i|what number can i|i cannot|i cant|i can not|cannot|cant|can not\
             |unable to|not able to|im unable to|am unable to|able to|be able to|am i able to|do i get to|do to|i do to|allow me to\
             |id appreciate|i would appreciate|what must i do to|what should i do to|do i need to do to|do i have to do to|i need to do to|i have to do to|what to do to|steps to|option to|supposed to",
        ),
        (
            Marks::REACH,
            "talk|talking|speak|speaking|chat|chatting|contact|contacting|reach|reaching|converse|conversing|discuss\
             |get in touch|getting in touch|in touch|get ahold of|get a hold of|get hold of|communicate|communicating|consult\
             |have a chat|have a word|a word|a call|call with|have a conversation|conversation|live chat|be assisted by\
             |helped by|be helped by|assistance from|help from|dialogue|connected|be connected|be transferred|get connected\
             |get transferred|be put through|get through|getting through|get a call|support from|speak directly\
             |talk directly",
        ),
        (
            Marks::MOVE,
            "transfer me|connect me|put me through|patch me through|patch me|pass me|pass me on|pass me over|put me on|put me\
             |hand me|hand me over|hand me off|forward me|redirect me|direct me|direct to me|transfer to me|route me|refer me\
             |put me in touch|put me in contact|switch me|move me|take me|send me|link me|join me|transfer us|connect us\
             |transfer this|transfer this chat|transfer this conversation|transfer the chat|transfer the conversation\
             |transfer my chat|pass this|pass this on\
             |pass it on|forward this|forward this chat|route this|send this|hand my case|bring me|transferring me|connecting me|get me through|get me over",
        ),
        (Marks::CARRY, "transfer|connect|connecting|switch|redirect|forward|handover|turn over|transferring"),
        (
            Marks::ESCALATE,
            "escalate|escalation|escalate this|escalate it|escalate my case|escalate my issue|escalate the issue|handoff\
             |hand off please|human handoff|handoff to human|human takeover|agent handoff|escalating this|live chat please",
        ),
        (
            Marks::PERSON,
            "human|humans|human being|human beings|human agent|human support|human assistance|human operator\
             |person|real person|actual person|agent|agents|representative|representatives|rep|reps|operator|operators\
             |advisor|adviser|advisors|advisers|supervisor|supervisors|manager|managers|live agent|live person|live support\
             |live human|live operator|live representative|customer service|customer care|customer assistance|customer support|customer services\
             |customer service agent|customer service representative|service agent|support agent|support person|help desk\
             |helpdesk|support team|service team|your team|the team|team member|member of staff|staff member|member of your team\
             |member of the team|someone real|somebody real|someone human|someone alive|someone from your team\
             |real people|actual people|actual human|real human|flesh and blood|specialist|technician|account manager\
             |sales rep|sales representative|sales team|call center|call centre|service desk|csr|attendant|customer agent\
             |your manager|your boss|your supervisor|the boss|the manager|a manager|in charge|higher up|support staff\
             |support representative|service rep|service representative|customer rep|company representative|phone agent",
        ),
        (
            Marks::SOMEONE,
            "someone|somebody|anyone|anybody|some one|some body|any one|one of you|people|support|assistant|assistants|staff\
             |employee|employees|executive|executives|founder|founders|colleague|colleagues|professional|expert|consultant\
             |service|sales|tech support|technical support|someone else|somebody else|anyone else|owner|director|ceo|guy|team\
             |department|billing department|coworker|worker|workers|being|individual|lady|man|woman|associate",
        ),
        (
            Marks::BOT,
            "bot|bots|robot|robots|chatbot|chatbots|machine|machines|computer|computers|ai|automated system|virtual assistant\
             |automated assistant|automation|automated response|automated responses|program|software|script|algorithm",
        ),
        (
            Marks::NOT,
            "not|dont|do not|doesnt|didnt|did not|never|no need to|no need for|no need|without|wont|will not|wouldnt|would not\
             |shouldnt|should not|neednt|no longer|stop|isnt|is not|arent|rather not|instead of|avoid|nor|neither|refuse to",
        ),
        (
            Marks::AVERSE,
            "hate|stupid|sick of|tired of|fed up with|enough of|done with|pointless|useless|annoying|sucks|waste of time\
             |cant stand|no more|dont like|do not like|dislike|frustrating|ridiculous|enough|stop making me",
        ),
        (Marks::SUBJECT.or(Marks::GAP), "i|we|im|ive|id|am|ill"),
        (
            Marks::GAP,
            "to|with|the|a|an|some|any|me|us|you|your|one|of|from|at|in|out|actually|directly|on|over|back|through|this|it\
             |real quick|possibly|maybe|kindly|also|still|again|first|go|be|being|get to|have|another|different|better\
             |other|else|u|can you|could you|would you|will you|can u|could u|would u|can ya|could ya|can you please|will|would\
             |who|that|proper|nice|good|qualified|competent|fucking|damn|bloody|goddamn|freaking|friggin|somehow|someplace\
             |right|straight|hold|touch|contact with|by|up|my way|there|and|currently",
        ),
        (
            Marks::BARE.or(Marks::GAP),
            "please|pls|plz|plss|pleasee|now|right now|right away|immediately|asap|today|hi|hello|hey|ok|okay|yes|yeah|yep|no\
             |just|thanks|thank you|sorry|well|so|a|an|the|available|instead|again|only|already|finally|quickly|then|oh|um|uh\
             |nevermind|never mind|good morning|good afternoon|sir|madam|guys|wrong|option|ty|mate|bro|any|kindly|some|number",
        ),
        (
            Marks::FIRM.or(Marks::GAP).or(Marks::BARE),
            "real|live|actual|living|true|proper|genuine|human|breathing|senior",
        ),
        (
            Marks::AFTER,
            "about|regarding|concerning|from|for|in|at|on|who|that|with|because|asap|today|tomorrow|tonight|cause|cuz|since|of\
             |to|and|or|not|if|when|as|like|whos|which|i|im|it|this|my|can|could|is|right|via|by|over|available|please|speaking\
             |where|how|before|after|rather|than|there|we|you|urgently|soon|once|directly|around|online|near|now|instead|anymore|working",
        ),
        (
            Marks::EXIST,
            "is there|are there|is there any|are there any|do you have|have you got|do you guys have|got any|dont you have\
             |isnt there|arent there|you have|is there not|does your company have|is anyone|is anybody|is someone",
        ),
        (
            Marks::HELP,
            "help me|help us|assist me|help|assist|take a look|look at|look into|take over|explain|solve|handle|fix",
        ),
        (
            Marks::CALL,
            "call me|phone me|ring me|contact me|talk to me|speak to me|speak with me|talk with me|get back to me|reach out to me\
             |call me back|get in touch with me|chat with me|reach me|take over|join|step in|join this chat|reply to me|call us",
        ),
        (Marks::CAN, "can|could|may|would|will|have|let"),
        (
            Marks::OTHER,
            "you need|you need to|you have to|you must|you should|you want|you want to|you wanna|you might|you could|you definitely|you really\
             |u need|you gotta|you got to|they need|they want|people need|they should|no agent|no agents|no human|no humans|no person|no operator|no representative|no supervisor|no manager|my|his|her|their|our|should i|should we|do i need to|do i need|do i have to|do i really need to|do we need to\
             |do we have to|need i|if i|if we|whenever i|every time i|each time i|when i|are you|am i|r u|you are|youre|is this|are u\
             |is that|was i|do you think|i am a|i am an|im a|im an|i am the|as an|were you|if you|prove|travel agent|travel agents\
             |estate agent|estate agents|insurance agent|letting agent|real estate agent|cleaning agent|agent code|agent number\
             |human resources|human resource|human rights|human error|human readable|human body|operator manual|user agent\
             |smooth operator|tour operator|network operator|mobile operator|card operator|password manager|file manager|task manager\
             |download manager|hiring manager|property manager|project manager|personal|person to person|in person|per person\
             |a person with|people with|machine learning|washing machine|coffee machine|support ticket|customer support email\
             |someones|somebodys|persons|a womans|a mans|womans|mans|agents fee|agent fee|help article|contact lens|contact lenses|contact details\
             |contact information|contact info|contact form|contact list|my contacts|speaker|he|she|they|friend|wife|husband|mom\
             |dad|mother|father|doctor|lawyer|bank manager|seller|driver|neighbour|neighbor|parents|landlord|employer|talk like\
             |text|money|funds|file|files|wifi|wi fi|bluetooth|voice mail|told|said|promised|spoke|talked|chatted|contacted|called\
             |transferred|yesterday|last week|last month|last time|last year|days ago|week ago|weeks ago|already talked|was|were|did\
             |had|has|been told|talk about|human language|ask a person|agent login|manager account|manager login|manager role",
        ),
        (
            Marks::BREAK,
            "but|because|cause|so that|however|otherwise|therefore|although|while|whereas|except|unless|until",
        ),
        (
            Marks::ASIDE.or(Marks::BARE).or(Marks::GAP),
            "please|pls|plz|plss|pleasee|now|right now|right away|immediately|asap|as soon as possible|at once|urgently|urgent|today|hi|hello|hey|hi there|hey there|hello there|ok|okay|yes|yeah|yep|yup|no|nope|nah|thanks|thank you|thx|ty|sorry|well|so|then|oh|um|uh|hmm|nevermind|never mind|no thanks|no thank you|good morning|good afternoon|good evening|sir|madam|guys|mate|bro|dude|excuse me|i said|like i said|as i said|alright|look|listen|enough|kindly|again|instead|finally|already",
        ),
        (Marks::ASIDE.or(Marks::AVERSE), "not a bot|not a robot|no bots|no bot|no robots|no more bots|no chatbot"),
        (
            Marks::EXIST.or(Marks::SOMEONE),
            "is anyone there|is anybody there|is someone there|is somebody there|anyone there|anybody there|anyone here|anybody here|is anyone here|is anybody here|is anyone|is anybody|anyone around",
        ),
        (Marks::EXIST, "where is|wheres|where are|where is the|where can i find|where do i find"),
        (Marks::BARE, "here|there|around|with|to|any"),
        (Marks::REACH, "call|phone|telephone|ring|deal with|dealing with|speak w|talk w|deal"),
        (
            Marks::CARRY,
            "ask|hand over|hand off|hand this over|hand it over|hand this off|hand a conversation over|hand the conversation over|hand over the conversation",
        ),
        (Marks::WANT, "ask to|asked for|asked to"),
        (Marks::PERSON, "live chat|live help"),
        (Marks::ABLE.or(Marks::SOMEONE), "who can i|who do i|who could i|who should i|whom can i|who may i"),
        (Marks::CALL, "talk to me|speak to me"),
        (
            Marks::MATTER,
            "my customers|my users|our customers|our users|my clients|my visitors|customers|triggered|configure|set up|setup|opening hours|business hours|what hours|what time|how many|agents see|agent see|add a team member|add team member|add another team member|remove team member|remove a team member|invite a team member|get notified|console|dashboard|difference between|api|widget|webhook",
        ),
        (Marks::GAP, "2"),
        (Marks::ABLE, "any way i can|a way i can|way i can|way for me to|way that i can"),
        (Marks::CALL, "answer me|respond to me"),
        (Marks::EXIST.or(Marks::CAN), "is a|is an|is any|are any|are your|is the|is one of your"),
        (
            Marks::RING.or(Marks::CALL),
            "call me|phone me|ring me|call me back|ring me back|callback|call back|called back|be called back|call us back|phone me back|give me a call|give me a ring",
        ),
        (Marks::MATTER, "if i|if we|what if|what happens|thanks to|thank your|thanks your|billing cycle"),
        (Marks::CALL, "contact me|reach out to me"),
        (Marks::SOMEONE, "billing|accounting|the billing"),
        (Marks::HELP, "actually help|really help"),
        (Marks::ABLE, "if i could|if i can|if i may|if we could"),
    ],
};
