//! What customers most often need, by the words for it: so that `stop my plan` is known as `cancel the subscription`.

use std::sync::LazyLock;

use crate::fold::Folded;
use crate::phrases::{Found, Phrases, needle};

/// The things and wishes that a message names, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Concepts(u32);

struct Concept {
    /// Names a need by itself; others only together: `parcel` may be anything, `parcel` and `arrive` is a need.
    whole: bool,
    words: &'static str,
}

const fn concept(whole: bool, words: &'static str) -> Concept {
    Concept { whole, words }
}

/// A trailing `*` lets the last word go on. Words for two things stand in both lines.
const CONCEPTS: [Concept; 14] = [
    // To end.
    concept(
        false,
        "cancel*|stop|end|ending|terminate*|unsubscribe*|quit|get rid of|cancelar|cancelo|anular|anulo|dar de baja|darme de baja|doy de baja|annuler\
         |resilier|resilie|arreter|desabonner|kündig*|stornier*|beenden|abbestell*|cancelar|encerrar|anular|disdire|disdico|annullare|annullo|cancellare\
         |cancello|opzeg*|annuleren|annuleer|stopzetten|beëindig*|取消|退订|退訂|停止|解約|キャンセル|退会|やめたい",
    ),
    // A contract.
    concept(
        false,
        "subscription*|plan|membership*|contract|unsubscribe*|suscripcion*|plan|contrato|membresia|darme de baja|doy de baja|abonnement*|contrat|desabonner\
         |abo|vertrag|mitgliedschaft|abbestell*|assinatura|plano|contrato|abbonamento|contratto|lidmaatschap|contract|订阅|訂閱|会员|會員|套餐|合同|解約|退会|契約|プラン|サブスク|会員",
    ),
    // Goods on their way.
    concept(
        false,
        "parcel*|package*|order|orders|shipment*|delivery|paquete|pedido|envio|colis|commande|livraison|paket|bestellung|sendung|lieferung|encomenda|pedido\
         |entrega|pacco|ordine|spedizione|consegna|pakket|bestelling|levering|zending|包裹|订单|訂單|快递|快遞|荷物|注文|配送",
    ),
    // To arrive, or not.
    concept(
        false,
        "where is|wheres|arriv*|delivered|delivery|track|tracking|is late|not here|not received|havent received|havent got|have not received|didnt get|never came\
         |missing|lost|donde esta|llega|llegado|llego|llegara|recibido|recibi|ou est|arrive|arrivee|recu|pas recu|wo ist|wo bleibt|angekommen|ankommt|kommt\
         |erhalten|verspätet|onde esta|cade|chegou|chega|recebi|dov e|arrivato|arriva|ricevuto|waar is|waar blijft|aangekomen|ontvangen|komt|在哪|到了吗|还没到|還沒到|没收到|沒收到|何时到\
         |届か|届い|どこ|いつ届く",
    ),
    // Money back.
    concept(
        true,
        "refund*|money back|reimburse*|pay me back|give me back the money|reembols*|devolucion del dinero|mi dinero de vuelta|devuelvan el dinero|devolver el dinero|rembours*|recuperer mon argent\
         |erstatt*|rückerstatt*|geld zurück|estorno|dinheiro de volta|rimbors*|indietro i soldi|i miei soldi|terugbetal*|geld terug|退款|退钱|退錢|返金|お金を返",
    ),
    // To get in.
    concept(
        true,
        "log in|login|log into|logging in|sign in|signing in|sign into|password|locked out|get into my account|access my account|iniciar sesion|contraseña|entrar en mi cuenta|acceder a mi cuenta\
         |me connecter|connexion|mot de passe|acceder a mon compte|einloggen|anmelden|passwort|kennwort|komme nicht in mein konto|fazer login|senha|palavra passe|entrar na minha conta\
         |accedere|password|entrare nel mio account|inloggen|wachtwoord|aanmelden|登录|登錄|登入|密码|密碼|ログイン|パスワード",
    ),
    // Charged more than once, or wrongly.
    concept(
        true,
        "charged twice|charged me twice|charged two times|double charge*|charged double|billed twice|paid twice|two charges|cobrado dos veces|cobraron dos veces|doble cobro|cobro doble\
         |debite deux fois|preleve deux fois|double prelevement|doppelt abgebucht|zweimal abgebucht|doppelt berechnet|cobrado duas vezes|cobraram duas vezes|cobrança dupla\
         |addebitato due volte|doppio addebito|dubbel afgeschreven|twee keer afgeschreven|dubbel betaald|重复扣款|扣了两次|多扣|二重請求|二回引き落と",
    ),
    // To give back goods.
    concept(
        false,
        "return|returning|send back|send it back|send them back|exchange|devolver|devolucion|cambiar por|retourner|renvoyer|zurückschicken|zurücksenden|retoure|umtausch*\
         |devolver|devolução|trocar|restituire|reso|cambiare|retourneren|terugsturen|ruilen|退货|退貨|换货|換貨|返品|交換",
    ),
    // To change.
    concept(
        false,
        "change|update|edit|modify|correct|changing|cambiar|cambio|modificar|actualizar|corregir|changer|modifier|corriger|ändern|ändere|aktualisieren|korrigieren\
         |mudar|alterar|atualizar|corrigir|cambiare|modificare|aggiornare|correggere|wijzigen|veranderen|aanpassen|更改|修改|变更|變更|改|変更|修正",
    ),
    concept(
        false,
        "address|delivery address|shipping address|direccion|direccion de entrega|direccion de envio|adresse de livraison|lieferadresse|endereço de entrega|indirizzo di consegna|indirizzo di spedizione|adresse|endereço|morada|indirizzo|adres|地址|住所",
    ),
    concept(
        false,
        "invoice*|bill|receipt*|factura|recibo|facture|rechnung|quittung|fatura|recibo|nota fiscal|fattura|ricevuta|factuur|bon|发票|發票|账单|帳單|請求書|領収書",
    ),
    // Out of order.
    concept(
        false,
        "doesnt work|does not work|not working|isnt working|broken|broke|crash*|stopped working|fails|defect*|no funciona|roto|no va|ne marche pas|ne fonctionne pas|en panne|casse\
         |funktioniert nicht|geht nicht|kaputt|defekt|não funciona|quebrado|avariado|non funziona|rotto|guasto|werkt niet|kapot|坏了|壞了|不能用|用不了|壊れ|動かない|使えません",
    ),
    // Questions that ask something else of the same thing.
    concept(
        false,
        "how much|cost|costs|price*|cuanto cuesta|precio*|combien|prix|wie viel|was kostet|preis*|quanto custa|preço*|quanto costa|prezzo|hoeveel|kost|prijs|多少钱|多少錢|いくら|料金",
    ),
    concept(
        false,
        "how long|how many days|cuanto tiempo|cuantos dias|cuanto tarda|combien de temps|wie lange|quanto tempo|quanto demora|quanto ci vuole|hoe lang|多久|几天|幾天|どのくらい|何日",
    ),
];

static PHRASES: LazyLock<(Phrases, Vec<u32>)> = LazyLock::new(|| {
    let mut concepts = Vec::new();
    let mut needles = Vec::new();
    for (number, concept) in CONCEPTS.iter().enumerate() {
        for written in concept.words.split('|') {
            needles.push(needle(written));
            concepts.push(1 << number);
        }
    }
    (Phrases::new(needles).expect("some hundred short phrases fit an automaton"), concepts)
});

impl Concepts {
    pub(crate) fn of(folded: &Folded) -> Self {
        let (phrases, concepts) = &*PHRASES;
        let found = phrases.find(folded);
        // A `delivery address` is an address, and no delivery.
        let inside_longer = |hit: &Found| {
            found.iter().any(|other| {
                other.first <= hit.first && hit.end <= other.end && other.end - other.first > hit.end - hit.first
            })
        };
        let outer = found.iter().filter(|hit| !inside_longer(hit));
        Self(outer.fold(0, |all, hit| all | concepts[usize::from(hit.phrase)]))
    }

    /// Enough to know what is needed: a whole need, or a thing and what about it.
    fn is_known(self) -> bool {
        let whole = CONCEPTS.iter().enumerate().any(|(number, concept)| concept.whole && self.0 & (1 << number) != 0);
        whole || self.0.count_ones() >= 2
    }

    pub(crate) fn same(self, other: Self) -> bool {
        self == other && self.is_known()
    }
}
