// Reviewed by hand. Sources: the divisions of GB/T 4754-2017 (codes in the second column) for domains;
// GB/T 41867-2022 (terms of artificial intelligence), GB/T 42755-2023 (data labelling for machine learning)
// and the task names of common public benchmarks for modalities, tasks and technologies; the clauses of usual
// supply contracts for terms. An id is never reused: a concept that is dropped leaves its id unused, and any
// change of ids or labels raises the version in vocabulary.ts.

/**
 * A concept a line: id, codes of GB/T 4754-2017 or "-", label in Chinese, label in English, synonyms.
 * Columns are parted by "|", synonyms by "、". The plural of an English synonym is understood without a line.
 */
export const vocabularyRows = `
kind.dataset|-|数据集|Dataset|语料库、语料、数据资源、成品数据、数据产品、data set、corpus、corpora、data product
kind.raw_data|-|原始数据|Raw data|源数据、一手数据、未标注数据、unlabelled data、unlabeled data、source data
kind.labelling_service|-|标注服务|Labelling service|数据标注服务、标注外包、标注团队、标注供应商、annotation service、labeling service、labelling team、annotation vendor、annotation team
kind.collection_service|-|采集服务|Collection service|数据采集服务、采集团队、data collection service、data acquisition service
kind.processing_service|-|数据加工服务|Data processing service|数据治理服务、数据清洗服务、数据处理服务、data cleaning service、data governance service
kind.evaluation_service|-|测评服务|Evaluation service|评测服务、模型评测服务、评估服务、检测认证、testing service、model evaluation service
kind.model|-|模型|Model|算法模型、行业模型、基座模型、ai model、foundation model、pretrained model
kind.platform|-|平台|Platform|标注平台、工具平台、数据平台、软件平台、标注工具、软件工具、annotation tool、labelling tool、labeling platform、software tool、toolchain
kind.solution|-|解决方案|Solution|整体方案、一体化方案、turnkey solution、end-to-end solution
kind.compute|-|算力|Computing power|算力资源、智算中心、算力租赁、compute capacity、gpu cluster、computing centre、computing center
kind.device|-|硬件设备|Hardware device|采集设备、智能终端、机器人本体、hardware、equipment、robot body
kind.scenario|-|应用场景|Use case|场景开放、试点场景、场景需求、application scenario、real-world scenario
kind.research|-|联合研发|Joint research|产学研合作、合作研发、课题合作、research cooperation、joint development
kind.training|-|培训|Training course|人才培养、技能培训、实训基地、workforce training、skills training
kind.consulting|-|咨询服务|Consulting|顾问服务、规划咨询、advisory、consultancy
kind.funding|-|投融资|Funding|融资、投资机构、产业基金、investment、venture capital
kind.site|-|产业载体|Industrial park|产业园、标注基地、数据标注基地、办公场地、incubator、data labelling base
kind.staff|-|人力资源|Staffing|标注员、用工、人才招聘、recruitment、annotator、labeller

modality.text|-|文本|Text|文字、文档、纯文本、document、written text
modality.speech|-|语音|Speech|录音、口语、方言、语音数据、voice、spoken language、dialect
modality.sound|-|环境声音|Environmental sound|声学、噪声、音频、声纹异响、acoustic、audio
modality.music|-|音乐|Music|歌曲、乐谱、song、singing
modality.image|-|图像|Image|图片、照片、影像、picture、photo、photograph
modality.video|-|视频|Video|短视频、监控视频、录像、footage、cctv
modality.point_cloud|-|点云|Point cloud|激光雷达、激光点云、lidar、laser scan
modality.three_d|-|三维模型|3D model|三维、3d、cad模型、mesh、cad model
modality.remote_sensing|-|遥感影像|Remote sensing imagery|遥感、卫星影像、卫星图像、航拍、satellite image、satellite imagery、aerial image、remote sensing
modality.geospatial|-|地理信息|Geospatial data|地图、地理空间、高精地图、gis、map data、hd map
modality.trajectory|-|轨迹|Trajectory|行驶轨迹、出行轨迹、gps轨迹、gps trace、mobility trace
modality.medical_image|-|医学影像|Medical image|医疗影像、ct影像、核磁、超声影像、x光片、x-ray、ct scan、mri、radiology image、ultrasound image
modality.biosignal|-|生理信号|Biosignal|心电、脑电、肌电、ecg、eeg、physiological signal
modality.genomic|-|基因组数据|Genomic data|基因、基因测序、蛋白质、gene sequence、dna、protein
modality.tabular|-|表格数据|Tabular data|结构化数据、表格、报表、structured data、spreadsheet、table
modality.time_series|-|时序数据|Time series|时间序列、传感器数据、物联网数据、工况数据、sensor data、iot data、telemetry
modality.logs|-|日志|Log data|运行日志、系统日志、行为日志、system log、clickstream
modality.code|-|代码|Source code|程序代码、源代码、code repository、program code
modality.motion|-|动作数据|Motion data|动作捕捉、动捕、人体动作、motion capture、robot motion、human motion
modality.multimodal|-|多模态|Multimodal|图文对、音视频、跨模态、image-text pair、cross-modal、vision-language

domain.agriculture|01,02,03,04,05|农林牧渔|Agriculture|农业、种植业、养殖业、畜牧业、渔业、林业、农作物、智慧农业、farming、forestry、fishery、livestock、crop
domain.mining|06,07,08,09,10,11,12|采矿业|Mining|矿山、煤矿、煤炭、油气开采、油田、coal、coal mine、oil field
domain.food|13,14,15|食品饮料|Food and beverage|食品、白酒、农副产品加工、乳制品、food processing、liquor、dairy
domain.textile|17,18|纺织服装|Textiles and apparel|纺织、服装、面料、textile、apparel、garment、fabric
domain.chemicals|25,26,28,29|石油化工|Chemicals|化工、炼化、化学原料、新材料、petrochemical、chemical industry、refinery
domain.pharmaceuticals|27|医药制造|Pharmaceuticals|制药、药物研发、生物医药、药企、drug discovery、pharma、biopharmaceutical
domain.metals|30,31,32,33|冶金建材|Metals and building materials|钢铁、冶金、有色金属、水泥、铝业、steel、metallurgy、cement、aluminium
domain.machinery|34,35,40|装备制造|Machinery|机械制造、工程机械、机床、仪器仪表、工业制造、智能制造、工厂、manufacturing、machine tool、factory、industrial equipment
domain.automotive|36|汽车制造|Automotive|汽车、车企、整车、新能源汽车、智能网联汽车、carmaker、electric vehicle、connected car、car
domain.aerospace|37|轨道船舶航空航天|Rail, ships and aerospace|航空航天、卫星制造、船舶、轨道交通装备、低空经济、无人机、aerospace、shipbuilding、drone、uav
domain.electrical|38|电气设备|Electrical equipment|动力电池、光伏、储能、家电、battery、photovoltaic、solar panel、home appliance
domain.electronics|39|电子信息制造|Electronics|半导体、芯片、集成电路、消费电子、电路板、semiconductor、chip、integrated circuit、circuit board、wafer
domain.energy|44,45|电力能源|Power and energy|电力、电网、发电、风电、燃气、输电线路、power grid、utility、wind farm、power plant、electricity
domain.water|46,76|水务水利|Water|供水、水利、水文、防汛、water supply、hydrology、flood control
domain.construction|47,48,49,50|建筑业|Construction|建筑、工地、施工、土木工程、桥梁、construction site、civil engineering、bridge
domain.commerce|51,52|批发零售|Wholesale and retail|零售、电商、电子商务、商超、商品、retail、e-commerce、online shop、supermarket
domain.rail|53|铁路运输|Rail transport|铁路、高铁、railway、high-speed rail
domain.road|54|道路运输|Road transport|公路、城市交通、公交、智慧交通、交通、traffic、highway、public transport
domain.shipping|55|水上运输|Shipping|港口、航运、海运、码头、port terminal、maritime、harbour
domain.aviation|56|航空运输|Air transport|机场、民航、航空公司、airport、airline、civil aviation
domain.logistics|58,59,60|仓储物流|Logistics|物流、仓储、快递、配送、供应链、warehouse、warehousing、express delivery、supply chain
domain.hospitality|61,62|住宿餐饮|Hotels and catering|餐饮、酒店、餐厅、hotel、restaurant、catering
domain.telecom|63|电信广电|Telecommunications|电信、通信、运营商、呼叫中心、客服中心、telecom、carrier、call centre、call center
domain.internet|64|互联网服务|Internet services|互联网、社交媒体、搜索引擎、短视频平台、social media、search engine
domain.software|65|软件信息服务|Software and IT services|软件开发、信息技术、软件企业、software vendor、it services
domain.finance|66,67,69|银行证券|Banking and securities|金融、银行、证券、基金、支付、bank、banking、finance、financial、securities、fintech
domain.insurance|68|保险业|Insurance|保险、理赔、车险、insurer、insurance claim
domain.real_estate|70|房地产业|Real estate|房地产、物业、楼宇、property management、housing
domain.legal|72|商务与法律服务|Business and legal services|法律、律师、合同、人力服务、广告、legal、law firm、contract、advertising
domain.research|73,74,75|科学研究|Scientific research|科研、测绘、气象、实验室、science、weather、meteorology、surveying、laboratory
domain.environment|77,78|生态环保|Environment|环保、生态、污染、碳排放、ecology、pollution、carbon emission
domain.education|83|教育业|Education|教育、教学、学校、高校、题库、school、university、teaching、exam questions
domain.health|84,85|卫生健康|Health care|医疗、医院、临床、病历、健康、养老、hospital、healthcare、medical、clinical、patient record、elderly care
domain.media|86,87|新闻出版影视|News, publishing and film|新闻、出版、影视、媒体、广播、news、publishing、film、media、broadcast
domain.culture|88,89,90|文化体育娱乐|Culture, sports and entertainment|文化、文物、博物馆、非遗、体育、游戏、museum、cultural heritage、heritage、sports、games
domain.tourism|72,78|旅游业|Tourism|旅游、文旅、景区、游客、travel、tourist、scenic area
domain.government|91,92,93,94,95,96|政务与公共管理|Government|政务、政府、城市治理、公安、应急管理、智慧城市、public sector、smart city、public safety、e-government、emergency management

task.speech_recognition|-|语音识别|Speech recognition|语音转写、语音转文字、asr、speech-to-text、transcription
task.speech_synthesis|-|语音合成|Speech synthesis|文字转语音、声音复刻、tts、text-to-speech、voice cloning
task.speaker_recognition|-|声纹识别|Speaker recognition|说话人识别、speaker verification、voiceprint
task.translation|-|机器翻译|Machine translation|翻译、平行语料、双语、小语种、translation、parallel corpus、bilingual
task.classification|-|分类|Classification|文本分类、图像分类、打标签、text classification、image classification、tagging
task.extraction|-|信息抽取|Information extraction|命名实体、实体识别、关系抽取、要素抽取、named entity recognition、ner、entity extraction
task.question_answering|-|智能问答|Question answering|问答、知识问答、问答对、q&a、faq
task.dialogue|-|对话|Dialogue|智能客服、多轮对话、聊天机器人、客服机器人、chatbot、customer service bot、conversation、multi-turn dialogue
task.summarization|-|文本摘要|Summarization|摘要、自动摘要、summarisation、summary
task.sentiment|-|情感分析|Sentiment analysis|舆情、情绪识别、舆情分析、opinion mining、emotion recognition
task.instruction|-|指令跟随|Instruction following|指令数据、指令微调、instruction tuning、instruction data、prompt-response pair
task.preference|-|偏好对齐|Preference alignment|人类反馈、偏好排序、价值对齐、rlhf、human feedback、preference ranking、alignment
task.reasoning|-|推理能力|Reasoning|思维链、数学推理、逻辑推理、chain of thought、math reasoning、mathematical reasoning
task.code_generation|-|代码生成|Code generation|编程助手、代码补全、code completion、coding assistant
task.moderation|-|内容审核|Content moderation|内容安全、涉黄识别、违规识别、有害信息、content safety、harmful content
task.ocr|-|文字识别|Text recognition|票据识别、证照识别、手写识别、版面分析、ocr、handwriting recognition、document parsing
task.detection|-|目标检测|Object detection|拉框、物体识别、目标识别、bounding box、object recognition
task.segmentation|-|图像分割|Segmentation|语义分割、实例分割、抠图、semantic segmentation、instance segmentation、image matting
task.tracking|-|目标跟踪|Object tracking|多目标跟踪、行人重识别、re-identification、multi-object tracking
task.pose|-|姿态估计|Pose estimation|关键点、骨骼点、手势识别、keypoint、gesture recognition
task.face|-|人脸识别|Face recognition|人脸、活体检测、face detection、liveness detection
task.defect_detection|-|缺陷检测|Defect detection|质检、表面缺陷、外观检测、瑕疵检测、surface inspection、visual inspection、quality inspection、defect
task.monitoring|-|安防监测|Safety monitoring|安全监测、安全生产、烟火识别、行为识别、隐患识别、safety monitoring、fire detection、behaviour recognition、hazard detection
task.autonomous_driving|-|自动驾驶|Autonomous driving|智能驾驶、辅助驾驶、无人驾驶、self-driving、driver assistance、adas
task.mapping|-|建图定位|Mapping and localization|三维重建、定位导航、slam、3d reconstruction、localization
task.manipulation|-|机器人操作|Robot manipulation|机械臂、抓取、灵巧手、grasping、robot arm、dexterous hand
task.forecasting|-|预测|Forecasting|销量预测、负荷预测、需求预测、load forecasting、demand forecasting、prediction
task.maintenance|-|预测性维护|Predictive maintenance|故障诊断、设备运维、故障预警、fault diagnosis、equipment maintenance、condition monitoring
task.anomaly|-|异常检测|Anomaly detection|异常识别、离群检测、outlier detection
task.risk|-|风险控制|Risk control|风控、反欺诈、信用评估、征信、fraud detection、credit scoring、anti-fraud、risk management
task.recommendation|-|个性化推荐|Recommendation|推荐系统、精准营销、用户画像、recommender system、recommender、targeted marketing、user profiling
task.diagnosis|-|辅助诊断|Diagnosis support|智能诊断、病灶、病理、辅助诊疗、lesion、pathology、clinical decision support、diagnosis
task.retrieval|-|检索|Retrieval|语义检索、搜索、以图搜图、semantic search、image search、search relevance
task.image_generation|-|图像生成|Image generation|文生图、aigc、数字人、视频生成、text-to-image、video generation、digital human、avatar

technology.labelling|-|数据标注|Data labelling|标注、人工标注、annotation、labelling、labeling、labelled、labeled、annotated
technology.collection|-|数据采集|Data collection|采集、实地采集、collected、recording、data capture
technology.cleaning|-|数据清洗|Data cleaning|清洗、去重、去噪、deduplication、data cleansing、denoising
technology.quality|-|质量控制|Quality control|数据质检、质量评估、复核、quality assurance、data quality
technology.prelabelling|-|智能预标注|Automatic pre-labelling|自动标注、预标注、辅助标注、auto-labelling、auto-labeling、pre-annotation、model-assisted labelling
technology.crowdsourcing|-|众包|Crowdsourcing|众包标注、crowd、crowd workers
technology.anonymization|-|数据脱敏|Anonymization|脱敏、去标识化、匿名化、de-identification、anonymisation、data masking
technology.synthetic|-|合成数据|Synthetic data|数据合成、数据增强、仿真数据、仿真、simulation、data augmentation、simulated data
technology.large_model|-|大模型|Large language model|大语言模型、llm、通用大模型、large model、gpt
technology.vertical_model|-|行业大模型|Industry model|垂直模型、垂类大模型、专业模型、domain-specific model、vertical model
technology.pretraining|-|预训练|Pre-training|继续预训练、pretraining、continued pretraining
technology.fine_tuning|-|模型微调|Fine-tuning|微调、sft、finetuning、supervised fine-tuning
technology.rag|-|检索增强生成|Retrieval-augmented generation|知识库、rag、向量数据库、knowledge base、vector database
technology.agent|-|智能体|AI agent|ai智能体、工作流自动化、agent、workflow automation
technology.knowledge_graph|-|知识图谱|Knowledge graph|本体、知识建模、ontology
technology.embodied|-|具身智能|Embodied AI|人形机器人、遥操作、机器人训练场、humanoid、humanoid robot、teleoperation、embodied intelligence
technology.vision|-|计算机视觉|Computer vision|机器视觉、视觉算法、machine vision、vision algorithm
technology.nlp|-|自然语言处理|Natural language processing|语义理解、nlp、language understanding
technology.edge|-|边缘计算|Edge computing|端侧部署、边缘设备、edge device、on-device
technology.inference|-|推理加速|Inference acceleration|模型压缩、模型量化、推理优化、model compression、quantization、inference optimisation
technology.privacy|-|隐私计算|Privacy computing|联邦学习、多方安全计算、可信执行环境、federated learning、secure computation、privacy-preserving computation
technology.trusted_space|-|可信数据空间|Trusted data space|数据空间、数据沙箱、data space、data sandbox
technology.governance|-|数据治理|Data governance|数据中台、主数据、元数据、master data、metadata、data catalogue
technology.exchange|-|数据交易|Data exchange|数据交易所、数据确权、数据资产、数据要素、data marketplace、data trading、data asset
technology.benchmark|-|模型评测|Benchmarking|评测基准、测试集、评测集、benchmark、test set、evaluation set
technology.digital_twin|-|数字孪生|Digital twin|虚拟仿真、工业仿真、virtual commissioning
technology.iot|-|物联网|Internet of things|传感器、工业互联网、iot、sensor、industrial internet
technology.security|-|数据安全|Data security|网络安全、加密、数据合规、cyber security、encryption、data compliance

terms.on_site|-|驻场交付|On-site delivery|驻场、现场服务、on-site、on site、on premises team
terms.remote|-|远程交付|Remote delivery|远程、线上交付、remotely、delivered online
terms.private_deployment|-|私有化部署|Private deployment|本地部署、私有部署、内网部署、on-premise、on-premises、self-hosted、local deployment
terms.api|-|接口调用|API access|api、开放接口、云服务、saas、cloud service
terms.licence|-|授权许可|Licence|授权、使用权、许可、license、licensing、licensed
terms.exclusive|-|独家授权|Exclusive rights|独家、买断、exclusive、buyout
terms.open|-|开源开放|Open access|开源、免费开放、公共数据、open source、open data、free of charge
terms.custom|-|定制开发|Made to order|定制、按需定制、custom、customized、customised、bespoke、tailored
terms.trial|-|免费试用|Free trial|试用、样例数据、试标、trial、sample data、pilot batch
terms.long_term|-|长期合作|Long-term cooperation|长期、框架协议、战略合作、long-term、framework agreement
terms.urgent|-|加急交付|Urgent delivery|加急、紧急、短周期、urgent、short notice、rush delivery
terms.large_scale|-|大批量|Large volume|大规模、海量、规模化、large-scale、high-volume、bulk
terms.small_batch|-|小批量|Small batch|少量、小规模、small-scale、low-volume
terms.no_export|-|数据不出域|Data stays in place|不出境、原始数据不出域、数据不出境、data residency、no data export
`;
